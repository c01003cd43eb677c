"""Mail domains at which anybody can have an address: one in common says nothing."""

from __future__ import annotations

FREE_MAIL = frozenset(
    """
    aol.com arcor.de bluewin.ch btinternet.com comcast.net fastmail.com free.fr freenet.de gmail.com
    gmx.at gmx.ch gmx.com gmx.de gmx.net googlemail.com hotmail.co.uk hotmail.com hotmail.de
    hotmail.es hotmail.fr hotmail.it hotmail.nl icloud.com kpnmail.nl laposte.net libero.it live.com
    live.nl mac.com mail.com mail.ru mailbox.org me.com msn.com online.de orange.fr outlook.com
    outlook.de outlook.es outlook.fr posteo.de proton.me protonmail.com qq.com seznam.cz sfr.fr
    t-online.de telenet.be virgilio.it wanadoo.fr web.de wp.pl xs4all.nl yahoo.co.uk yahoo.com
    yahoo.de yahoo.es yahoo.fr yahoo.it yandex.ru ziggo.nl zoho.com 163.com
    """.split()
)
