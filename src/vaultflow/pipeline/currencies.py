"""Currencies: their codes, their symbols and how many decimals each has.

They stand here as tables and not in a package of locale data: those differ from release to
release and from machine to machine, and the same vault must give the same bytes.
"""

from __future__ import annotations


def _codes(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_CODES = frozenset(
    _codes("""
    AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP
    BYN BZD CAD CDF CHF CLF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP
    GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS
    KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR
    MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF
    SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD
    TZS UAH UGX USD UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
    """)
)
"""ISO 4217, the codes of money in use."""

_MINOR_UNITS = (
    dict.fromkeys(_codes("BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"), 0)
    | dict.fromkeys(_codes("BHD IQD JOD KWD LYD OMR TND"), 3)
    | dict.fromkeys(_codes("CLF UYW"), 4)
)
"""ISO 4217, digits after the decimal sign where they are not two."""

_SYMBOLS = {
    "€": ("EUR",),
    "£": ("GBP", "EGP", "GIP"),
    "$": _codes("USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD BMD BSD BBD JMD TTD UYU"),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₩": ("KRW",),
    "₽": ("RUB",),
    "₺": ("TRY",),
    "₴": ("UAH",),
    "₪": ("ILS",),
    "฿": ("THB",),
    "₫": ("VND",),
    "₱": ("PHP",),
    "₦": ("NGN",),
    "R$": ("BRL",),
    "zł": ("PLN",),
    "Kč": ("CZK",),
    "kr": ("", "SEK", "NOK", "DKK", "ISK"),
    "Fr.": ("CHF",),
    "US$": ("USD",),
    "CA$": ("CAD",),
    "A$": ("AUD",),
}
"""What a symbol may mean: the configured currency when it is among them, else the first. Nobody
knows whose crowns `kr` are."""

_SIGNS = {codes[0]: symbol for symbol, codes in _SYMBOLS.items() if len(symbol) == 1}
"""The one sign that stands for a currency wherever amounts are shown."""


def currency_code(text: str, preferred: str = "") -> str | None:
    """The ISO 4217 code that a code or a symbol stands for; None when it is not known.

    Of the currencies that share a symbol, as with `$`, the preferred one is meant if it is one.
    """
    name = text.strip()
    if name.upper() in _CODES:
        return name.upper()
    codes = next(
        (codes for symbol, codes in _SYMBOLS.items() if symbol.lower() == name.lower()), ()
    )
    return preferred if preferred and preferred in codes else next(iter(codes), "") or None


def minor_units(currency: str) -> int:
    """How many digits the currency has after the decimal sign, by ISO 4217."""
    return _MINOR_UNITS.get(currency, 2)


def sign_of(currency: str) -> str:
    """What is put before an amount: `€`, or the code and a blank when no one sign stands for it."""
    return _SIGNS.get(currency, f"{currency} ")
