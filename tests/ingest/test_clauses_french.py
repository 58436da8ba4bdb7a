"""French instruments in the styles of several institutions, each clause as a careful reader would write it down."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.context import Document
from ingest.model import Entity, Link, Mention
from ingest.provisions.excerpts import excerpts
from ingest.provisions.instruments import instruments
from tests.ingest.harbour import document

Row = tuple[str, str | None, str | None, int | None, str]

CONFERENCE = (
    """RÉSOLUTION 61 (RÉV. LARKHAVEN, 2031)

Veille des feux de côte

La Conférence de plénipotentiaires de l'Union des ports (Larkhaven, 2031),

rappelant

a) la Résolution 40 (Norby, 2027) de la Conférence de plénipotentiaires;

b) l'article 7 de la Charte,

rappelant en outre

que le Conseil a décidé, à sa session de 2029, de suspendre les droits,

ayant examiné

le rapport du Trésorier,

consciente

de la lenteur des relèves,

préoccupée par

le nombre des feux éteints,

décide de charger le Conseil

1 d'établir une liste des feux;

2 de la publier,

charge le Directeur du Bureau des marées

de mettre en œuvre les mesures suivantes:

i) tenir un registre;

ii) former des gardiens,

charge le Directeur du Bureau des marées, en étroite collaboration avec le Directeur du Bureau des feux

1 d'étudier les brumes;

2 d'en rendre compte,

invite le Conseil à

fixer les droits pour 2033,

invite les États Membres et les Membres de Secteur

à prêter leur concours,

autorise le Secrétaire général

à signer l'accord.""",
    [
        ("recalling", None, "a)", None, "la Résolution 40"),
        ("recalling", None, "b)", None, "l'article 7"),
        ("recalling-further", None, None, None, "que le Conseil a décidé"),
        ("having-considered", None, None, None, "le rapport"),
        ("aware", None, None, None, "de la lenteur"),
        ("concerned", None, None, None, "le nombre"),
        ("instructs", "le Conseil", "1", None, "d'établir"),
        ("instructs", "le Conseil", "2", None, "de la publier"),
        ("instructs", "le Directeur du Bureau des marées", None, None, "de mettre"),
        ("instructs", "le Directeur du Bureau des marées", "i)", 9, "tenir"),
        ("instructs", "le Directeur du Bureau des marées", "ii)", 9, "former"),
        ("instructs", "le Directeur du Bureau des marées", "1", None, "d'étudier"),
        ("instructs", "le Directeur du Bureau des marées", "2", None, "d'en rendre"),
        ("invites", "le Conseil", None, None, "fixer"),
        ("invites", "les États Membres et les Membres de Secteur", None, None, "à prêter"),
        ("authorizes", "le Secrétaire général", None, None, "à signer"),
    ],
)

COUNCIL = (
    """RÉSOLUTION 2207 (MOD. 2028)

Le Conseil de l'Union des ports,

ayant pris connaissance

du rapport sur les quais,

vu

les numéros 12 et 14 de la Charte,

tenant compte

a) des débats de la commission;

b) de l'avis du Trésorier,

notant avec satisfaction

que les comptes sont justes,

décide

1 d'approuver le budget;

2 de fixer à trois le nombre des pontons,

décide en outre

de clore l'exercice,

charge le Secrétaire général et les Directeurs des Bureaux

1 de tenir les registres;

2 de faire rapport au Conseil à sa session de 2033,

prie instamment les États Membres

de verser leurs contributions,

encourage les armateurs

à se joindre à la veille.""",
    [
        ("having-considered", None, None, None, "du rapport"),
        ("having-regard-to", None, None, None, "les numéros"),
        ("taking-into-account", None, "a)", None, "des débats"),
        ("taking-into-account", None, "b)", None, "de l'avis"),
        ("noting", None, None, None, "que les comptes"),
        ("decides", None, "1", None, "d'approuver"),
        ("decides", None, "2", None, "de fixer"),
        ("resolves-further", None, None, None, "de clore"),
        ("instructs", "le Secrétaire général et les Directeurs des Bureaux", "1", None, "de tenir"),
        ("instructs", "le Secrétaire général et les Directeurs des Bureaux", "2", None, "de faire"),
        ("urges", "les États Membres", None, None, "de verser"),
        ("encourages", "les armateurs", None, None, "à se joindre"),
    ],
)

ASSEMBLY = (
    """Résolution 12/9. Les oiseaux des falaises

L'Assemblée des rivages,

Rappelant ses résolutions 10/4 et 11/6,

Réaffirmant l'importance des falaises,

Consciente que les nids sont rares,

Profondément préoccupée par les chutes de pierres,

Se félicitant de l'ouverture du refuge,

Accueillant avec intérêt le rapport de la Gardienne,

1. Prend acte avec satisfaction du rapport de la Gardienne;

2. Prie instamment les États riverains de baliser les sentiers;

3. Souligne que les sentiers doivent rester ouverts;

4. Appelle tous les États riverains à former des guides;

5. Engage les autorités locales à limiter les visites;

6. Demande à la Gardienne :

a) D'établir une carte;

b) De lui faire rapport à sa prochaine session;

7. Réitère son appel en faveur du silence;

8. Invite de nouveau les donateurs à contribuer au refuge;

9. Se déclare résolue à poursuivre ses travaux;

10. Décide de rester saisie de la question.""",
    [
        ("recalling", None, None, None, "Rappelant"),
        ("reaffirming", None, None, None, "Réaffirmant"),
        ("aware", None, None, None, "Consciente"),
        ("concerned", None, None, None, "Profondément"),
        ("welcoming", None, None, None, "Se félicitant"),
        ("welcoming", None, None, None, "Accueillant"),
        ("notes", None, "1.", None, "Prend acte"),
        ("urges", "les États riverains", "2.", None, "Prie"),
        ("emphasizes", None, "3.", None, "Souligne"),
        ("calls-upon", "tous les États riverains", "4.", None, "Appelle"),
        ("urges", "les autorités locales", "5.", None, "Engage"),
        ("requests", "la Gardienne", "6.", None, "Demande"),
        ("requests", "la Gardienne", "a)", 12, "D'établir"),
        ("requests", "la Gardienne", "b)", 12, "De lui"),
        ("reiterates", None, "7.", None, "Réitère"),
        ("invites", "les donateurs", "8.", None, "Invite"),
        ("declares", None, "9.", None, "Se déclare"),
        ("decides", None, "10.", None, "Décide"),
    ],
)

UNION = (
    """DÉCISION (CE) 2033/40 DU CONSEIL DES ESTUAIRES

du 3 mai 2033

LE CONSEIL DES ESTUAIRES,

vu la convention sur les estuaires, et notamment son article 9,

vu l'avis du comité des vases,

considérant ce qui suit:

(1) Les vases gagnent chaque année.

(2) Il convient donc de draguer les chenaux.

A ADOPTÉ LA PRÉSENTE DÉCISION:

Article premier

1. Les chenaux sont dragués chaque printemps.

2. Les frais sont partagés.

Article 2

La présente décision entre en vigueur le jour de sa publication.

Fait à Valmer, le 3 mai 2033.""",
    [
        ("having-regard-to", None, None, None, "vu la convention"),
        ("having-regard-to", None, None, None, "vu l'avis"),
        ("considering", None, "(1)", None, "Les vases"),
        ("considering", None, "(2)", None, "Il convient"),
        ("adopts", None, "1.", None, "Les chenaux"),
        ("adopts", None, "2.", None, "Les frais"),
        ("adopts", None, None, None, "La présente"),
    ],
)

HEALTH = (
    """Résolution ASM41.7

La Quarante et Unième Assemblée des sources,

Ayant examiné le rapport du Directeur général sur les eaux thermales;

Gardant à l'esprit la Déclaration de Valmer;

Alarmée par la baisse des nappes;

Sachant que les sources froides gèlent;

Constatant avec regret que deux bains ont fermé,

1. APPROUVE le plan d'action;

2. INVITE INSTAMMENT les États Membres :

1) à mesurer le débit des sources;

2) à publier ces mesures;

3. PRIE le Directeur général :

1) de tenir un atlas;

2) de faire rapport à la prochaine Assemblée.""",
    [
        ("having-considered", None, None, None, "Ayant"),
        ("bearing-in-mind", None, None, None, "Gardant"),
        ("concerned", None, None, None, "Alarmée"),
        ("aware", None, None, None, "Sachant"),
        ("noting", None, None, None, "Constatant"),
        ("approves", None, "1.", None, "APPROUVE"),
        ("urges", "les États Membres", "2.", None, "INVITE"),
        ("urges", "les États Membres", "1)", 7, "à mesurer"),
        ("urges", "les États Membres", "2)", 7, "à publier"),
        ("requests", "le Directeur général", "3.", None, "PRIE"),
        ("requests", "le Directeur général", "1)", 10, "de tenir"),
        ("requests", "le Directeur général", "2)", 10, "de faire"),
    ],
)

RECOMMENDATION = (
    """RECOMMANDATION 4 (Norby, 2031)

Cordages

L'Assemblée des cordiers,

considérant

a) que le chanvre pourrit;

b) que le lin coûte cher,

persuadée

que le jute tiendrait,

désireuse

d'aider les petits ports,

recommande aux États Membres

1 d'essayer le jute;

2 d'en communiquer les résultats,

recommande en outre

que les essais durent un an,

charge en outre le Secrétaire général

de réunir les résultats,

demande instamment aux armateurs

de remplacer les vieux cordages.""",
    [
        ("considering", None, "a)", None, "que le chanvre"),
        ("considering", None, "b)", None, "que le lin"),
        ("convinced", None, None, None, "que le jute"),
        ("desiring", None, None, None, "d'aider"),
        ("recommends", "États Membres", "1", None, "d'essayer"),
        ("recommends", "États Membres", "2", None, "d'en"),
        ("recommends", None, None, None, "que les essais"),
        ("instructs-further", "le Secrétaire général", None, None, "de réunir"),
        ("calls-upon", "armateurs", None, None, "de remplacer"),
    ],
)

UNKNOWN_VERBS = (
    """RÉSOLUTION 74 (LARKHAVEN, 2031)

Bancs de sable

La Conférence de plénipotentiaires de l'Union des ports (Larkhaven, 2031),

pressentant

a) que les bancs se déplacent;

b) que les cartes vieillissent,

attristée par

la perte de deux barques,

s'interrogeant sur

la route du nord,

considérant

que le temps presse,

décide

de sonder les passes,

applaudit les pilotes

d'avoir sauvé l'équipage,

adjure les armateurs

1 de renoncer à la route du nord;

2 d'attendre les cartes.""",
    [
        ("other-preambular", None, "a)", None, "que les bancs"),
        ("other-preambular", None, "b)", None, "que les cartes"),
        ("other-preambular", None, None, None, "la perte"),
        ("other-preambular", None, None, None, "la route"),
        ("considering", None, None, None, "que le temps"),
        ("decides", None, None, None, "de sonder"),
        ("other-operative", "les pilotes", None, None, "d'avoir"),
        ("other-operative", "les armateurs", "1", None, "de renoncer"),
        ("other-operative", "les armateurs", "2", None, "d'attendre"),
    ],
)

UNKNOWN_LEADING = (
    """Résolution 13/2

Les brumes

L'Assemblée des rivages,

Déçue par la lenteur des travaux,

Pressentant de nouvelles brumes,

Rappelant sa résolution 12/9,

1. Décide de poursuivre les travaux;

2. Applaudit les gardiens pour leur patience;

3. Adjure les États riverains de rester vigilants;

4. Prie la Gardienne d'allumer les feux.""",
    [
        ("other-preambular", None, None, None, "Déçue"),
        ("other-preambular", None, None, None, "Pressentant"),
        ("recalling", None, None, None, "Rappelant"),
        ("decides", None, "1.", None, "Décide"),
        ("other-operative", None, "2.", None, "Applaudit"),
        ("other-operative", "les États riverains", "3.", None, "Adjure"),
        ("requests", "la Gardienne", "4.", None, "Prie"),
    ],
)

TEXTS = [
    ("a conference", *CONFERENCE),
    ("a council", *COUNCIL),
    ("a general assembly", *ASSEMBLY),
    ("a union of States", *UNION),
    ("a health assembly", *HEALTH),
    ("a recommendation", *RECOMMENDATION),
    ("verbs that no rule lists, alone", *UNKNOWN_VERBS),
    ("verbs that no rule lists, leading", *UNKNOWN_LEADING),
]


@pytest.mark.parametrize(("style", "text", "wanted"), TEXTS, ids=[row[0] for row in TEXTS])
def test_french(tmp_path: Path, style: str, text: str, wanted: list[Row]) -> None:
    found = document(tmp_path, text, body="pc")
    clauses = [clause for instrument in instruments(found) for clause in instrument.clauses]
    got = [(c.head.role, c.head.addressee, c.number, c.parent) for c in clauses]
    assert got == [row[:4] for row in wanted], style
    for clause, row in zip(clauses, wanted, strict=True):
        assert found.clean.text[clause.start : clause.end].startswith(row[4])


R = "La Résolution 61 (Rév. Larkhaven, 2031)"
TOLD = [
    # a French report, and (role, addressee, number, words) of each clause that it quotes or tells
    (f"{R} a chargé le Conseil:\n–\td'ouvrir un registre;\n–\tde fixer les droits.",
     [("instructs", "le Conseil", None, "d'ouvrir"), ("instructs", "le Conseil", None, "de fixer")]),
    (f"Il est rappelé que {R} charge le Trésorier de payer les pilotes, de tenir la table, et d'en rendre compte.",
     [("instructs", "le Trésorier", None, "de payer"), ("instructs", "le Trésorier", None, "de tenir"),
      ("instructs", "le Trésorier", None, "d'en")]),
    (f"{R} invite le Capitaine du port\n5\tà dresser un atlas; 6 à le vendre.\n[...]\n8\tà l'imprimer.",
     [("invites", "le Capitaine du port", "5", "à dresser"), ("invites", "le Capitaine du port", "6", "à le vendre"),
      ("invites", "le Capitaine du port", "8", "à l'imprimer")]),
    (f"{R} décide\n1\tde bâtir des quais;\n2\tque les quais soient gardés.",
     [("decides", None, "1", "de bâtir"), ("decides", None, "2", "que les")]),
    (f"{R} a décidé de charger le Trésorier, en consultation avec le Conseil:\na)\tde compter;\nb)\tde payer.",
     [("instructs", "le Trésorier", "a)", "de compter"), ("instructs", "le Trésorier", "b)", "de payer")]),
    (f"{R} de la Conférence, qui charge les commissions d'étudier le coût.",
     [("instructs", "les commissions", None, "d'étudier")]),
    (f"{R} charge le Trésorier «de compter les droits; de faire rapport».",
     [("instructs", "le Trésorier", None, "de compter"), ("instructs", "le Trésorier", None, "de faire")]),
    # near misses: another sentence, the report's own head, a noun, a paragraph of the report itself
    (f"{R} a été lue. Elle charge le Conseil d'attendre.", []),
    (f"{R}, charge le Conseil de l'imprimer.", []),
    (f"{R} prend en charge les pilotes.", []),
    (f"{R} invite les pilotes.\n2.1\tPour finir, le Président a remercié.", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), TOLD, ids=lambda value: str(value)[:60])
def test_what_a_french_report_tells(
    tmp_path: Path, text: str, wanted: list[tuple[str, str | None, str | None, str]]
) -> None:
    found = document(tmp_path, text)
    at = found.clean.text.index("Résolution")
    mention = Mention("citation", found.clean.span(at, at + len(R) - 3), R[3:], 1)
    cited = Link(mention, Entity("revision", ("resolution", "pc", "61", "2031")), "for the test")
    source = replace(found.source, language="fr")
    report = Document(source, found.reading, found.clean, found.metadata, found.register, (cited,))
    got = [(e.role, e.addressee, e.number, report.clean.text[e.start : e.end]) for e in excerpts(report)]
    assert [row[:3] for row in got] == [row[:3] for row in wanted]
    assert all(row[3].startswith(want[3]) for row, want in zip(got, wanted, strict=True))


def test_guillemets_hold_another_text(tmp_path: Path) -> None:
    text = (
        "RÉSOLUTION 74 (LARKHAVEN, 2031)\n\nBancs\n\nconsidérant\n\nque le temps presse,\n\ndécide\n\nd'attendre,\n\n"
        "«décide\n\n4 de vendre les quais»\n\ninvite les pilotes\n\nà sonder."
    )
    (found,) = instruments(document(tmp_path, text, body="pc"))
    assert [(c.head.role, c.number) for c in found.clauses] == [
        ("considering", None), ("decides", None), ("invites", None)
    ]  # fmt: skip
