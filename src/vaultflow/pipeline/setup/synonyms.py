"""The words that people use for leads and their fields, in the languages we have met.

All without accents, as `plain_name` gives them.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from vaultflow.vault.frontmatter.values import canonical_name

if TYPE_CHECKING:
    from collections.abc import Mapping


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LEAD_WORDS = frozenset(
    _words("""
    lead deal opportunity prospect candidate opp sales-opportunity sales-lead sales-deal
    interessent verkaufschance chance anfrage
    oportunidad prospecto negocio
    opportunite affaire piste
    kans verkoopkans
    oportunidade negocio
    opportunita trattativa
    """)
)
"""What a note's type, tag or folder is called when it is a lead; in the singular."""

PIPELINE_WORDS = frozenset(
    _words("pipeline sales crm vertrieb ventas ventes verkoop vendas vendite")
)
"""Folders in which leads may lie among other notes."""

TYPE_NAMES = _words("""
    type types category categories kind class note-type fileclass typ art kategorie
    tipo categoria categorie soort
    """)
"""Fields that say what a note is."""

FIELD_SYNONYMS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "stage": _words("""
            stage status deal-stage pipeline-stage sales-stage lead-status deal-status phase
            stufe etapa estado fase etape statut etat estagio stato
            """),
        "value": _words("""
            value amount deal-value deal-size deal-amount price revenue worth fee expected-value
            expected-revenue wert betrag summe auftragswert valor importe monto precio valeur
            montant prix waarde bedrag prijs quantia valore importo prezzo
            """),
        "currency": _words("currency ccy wahrung moneda divisa devise monnaie valuta munt moeda"),
        "company": _words("""
            company account client customer organization organisation org business firma
            unternehmen kunde empresa cliente entreprise societe bedrijf klant azienda
            """),
        "people": _words("""
            people contacts contact person contact-person key-contact decision-maker lead-name
            ansprechpartner kontakt kontakte contacto contactos persona personne contactpersoon
            contato pessoa contatto referente
            """),
        "owner": _words("""
            owner deal-owner assigned-to assignee rep sales-rep account-manager responsible
            verantwortlich zustandig responsable propietario eigenaar verantwoordelijke
            responsavel responsabile
            """),
        "source": _words("""
            source lead-source origin channel referred-by quelle herkunft fuente origen origine
            bron fonte origem
            """),
        "created": _words("""
            created created-at created-on date-created creation-date added erstellt angelegt
            creado creada cree aangemaakt criado creato
            """),
        "expected_close": _words("""
            expected-close close-date closing-date expected-close-date target-close
            target-close-date decision-date abschlussdatum abschluss fecha-cierre
            fecha-de-cierre date-cloture date-de-cloture sluitingsdatum data-fechamento
            data-de-fechamento data-chiusura
            """),
        "probability": _words("""
            probability chance likelihood confidence win-probability wahrscheinlichkeit
            probabilidad probabilite waarschijnlijkheid probabilidade probabilita
            """),
        "next_action": _words("""
            next-action next-step next-steps next todo action nachster-schritt nachste-aktion
            proximo-paso siguiente-paso proxima-accion prochaine-etape prochaine-action
            volgende-stap volgende-actie proximo-passo proxima-acao prossimo-passo
            prossima-azione
            """),
        "next_action_due": _words("""
            next-action-due due follow-up due-date next next-date next-action-date next-contact
            next-touch follow-up-date followup deadline reminder fallig wiedervorlage frist
            vencimiento seguimiento echeance relance vervaldatum opvolgen vencimento scadenza
            """),
        "last_contact": _words("""
            last-contact last-touch last-contacted last-contact-date last-interaction
            letzter-kontakt ultimo-contacto dernier-contact laatste-contact ultimo-contato
            ultimo-contatto
            """),
        "revisit_on": _words("revisit-on revisit snooze-until on-hold-until wieder-am revisar"),
        "closed_on": _words("""
            closed-on closed closed-date date-closed closed-at won-on lost-on abgeschlossen-am
            cerrado ferme gesloten fechado chiuso
            """),
        "lost_reason": _words("""
            lost-reason loss-reason reason-lost closed-lost-reason verlustgrund motivo-perdida
            raison-perte verliesreden motivo-perda motivo-perdita
            """),
    }
)
"""By our name for a field, the names that vaults use for it, most telling first."""

LOG_HEADINGS = _words("""
    log activity activities history timeline journal interactions updates notes verlauf notizen
    aktivitaten historial actividad historique suivi logboek verloop historico registro storico
    """)
"""Headings under which dated lines stand."""


@lru_cache(maxsize=4096)
def plain_name(text: str) -> str:
    """The name in canonical form and without accents: `Nächster Schritt` is `nachster-schritt`."""
    apart = unicodedata.normalize("NFD", canonical_name(text))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def is_lead_word(text: str) -> bool:
    """Whether the word says that a note is a lead, in the singular or a plain plural."""
    name = plain_name(text)
    singulars = (name, name.removesuffix("s"), name.removesuffix("es"))
    return any(word in LEAD_WORDS for word in (*singulars, name.removesuffix("ies") + "y"))
