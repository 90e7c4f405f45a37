"""What each kind of data is, and why its period has the bounds it has."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class KindWords:
    """A kind of data in plain words: `title`, what it is, from when its days count, and `why` it has its bounds."""

    title: str
    about: str
    counted: str
    why: str = ""


KINDS: Mapping[str, KindWords] = {
    "conversations": KindWords(
        "Rozmowy z asystentem",
        "Pytania i odpowiedzi bez rozpoznanych danych osobowych, razem z ocenami.",
        "od ostatniej wiadomości w rozmowie",
        "Trzeba przechowywać je tylko tak długo, jak są potrzebne do poprawiania odpowiedzi.",
    ),
    "handoffs": KindWords(
        "Sprawy zakończone",
        "Wiadomości mieszkańców do urzędu z kontaktem i odpowiedziami. Sprawy niezakończone zostają.",
        "od zakończenia sprawy",
        "Jeśli sprawa trafia do akt urzędu, jej kopia w aktach ma własny okres.",
    ),
    "contacts": KindWords(
        "Zakończone zgody na powiadomienia",
        "Adres, historia zgód i rezygnacji oraz wysyłki tej osoby. Bieżące zgody zostają.",
        "od rezygnacji albo ostatniej zmiany",
        "Co najmniej rok, bo miasto musi umieć wykazać, że wysyłało za zgodą (art. 7 ust. 1 RODO).",
    ),
    "deliveries": KindWords(
        "Historia wysyłek",
        "Do kogo i z jakim wynikiem poszedł komunikat lub alert.",
        "od wysłania",
        "Starsze komunikaty i alerty zostają, znika tylko lista ich odbiorców.",
    ),
    "links": KindWords(
        "Połączenia telefonu z Telegramem",
        "Dzięki nim numer i konto w Telegramie są jedną osobą. Połączenie zostaje, póki trwa choć jedna zgoda.",
        "od połączenia",
        "Okresu nie można zmienić: to najkrótszy okres zakończonych zgód.",
    ),
    "suppressions": KindWords(
        "Adresy, na które nie wolno pisać",
        "Skrót numeru lub konta osoby, która zrezygnowała, bez samego numeru. Zostaje co najmniej tak długo, "
        "jak dowód jej zgody.",
        "od rezygnacji",
        "Co najmniej rok, bo w tym czasie stara lista nie może wznowić wysyłki.",
    ),
    "exports": KindWords(
        "Spis pobrań listy odbiorców",
        "Kto, kiedy i po co pobrał listę. Samej listy tu nie ma.",
        "od pobrania",
        "Co najmniej rok, jak dziennik zmian.",
    ),
    "buttons": KindWords(
        "Przyciski w Telegramie", "Co oznacza przycisk pod dawną wiadomością.", "od wysłania przycisku"
    ),
    "updates": KindWords(
        "Numery wiadomości z Telegrama",
        "Same numery, bez treści. Dzięki nim wiadomość doręczona dwa razy dostaje jedną odpowiedź.",
        "od odebrania",
        "Co najmniej 2 dni, bo Telegram ponawia doręczenie przez dobę.",
    ),
    "sms_answers": KindWords(
        "Kopie odpowiedzi SMS",
        "Dzięki nim SMS doręczony dwa razy dostaje jedną odpowiedź.",
        "od odebrania",
        "Okresu nie można zmienić: jest podany mieszkańcom w treści odpowiedzi.",
    ),
    "notices": KindWords("Powiadomienia dla zespołu", "Ostrzeżenia o awariach i nowych sprawach.", "od wysłania"),
    "outbox": KindWords(
        "Skrzynka nadawcza na ekranie",
        "Wiadomości kanałów, które nie mają jeszcze dostawcy.",
        "od zapisania",
    ),
    "audit": KindWords(
        "Dziennik zmian",
        "Kto, kiedy i co zmienił.",
        "od zapisania",
        "Co najmniej rok: młodszych zapisów nie pozwala usunąć sama baza danych.",
    ),
}


def kind_words(name: str) -> KindWords:
    """Return the words of a kind; one that has none yet keeps its name."""
    return KINDS.get(name) or KindWords(name, "", "")
