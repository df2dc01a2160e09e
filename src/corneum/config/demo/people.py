"""Invented names for invented patients."""

from dataclasses import dataclass
from random import Random

FIRST = (
    "Hannah Maya Amelia Priya Ruth Joan Helen Sian Grace Leah Beth Nina Isla Yasmin Lorna Simran Femi Owen Kofi Daniel "
    "Omar Tomasz Mark Adaeze Bronwen Catrin Dilys Eleri Farah Gwen Hafsa Ines Jasmine Keira Layla Mei Noor Olivia Poppy "
    "Quinn Rania Saoirse Tamsin Una Verity Winnie Xanthe Yusuf Zara Aled Bilal Callum Dev Emeka Fergus Gethin Hamza Ivor "
    "Jonah Kwame Liam Mateusz Niamh Oisin Pavel Rhys Sanjay Theo"
).split()
LAST = (
    "Doyle Okafor Stone Nair Ellery Whitlock Marsh Probert Amadi Brandt Cole Petrov Grant Hale Whitby Kaur Bakare Pryce "
    "Mensah Reyes Said Lis Dunne Adeleke Bevan Chowdhury Driscoll Eze Farrell Ghosh Hussain Iqbal Jarrett Khan Lloyd "
    "Mbeki Nowak Ogden Pendle Quayle Rahman Shaw Tanaka Underhill Vaughan Wren Yeo Zielinski Ashworth Birtles Crompton "
    "Dearden Entwistle Fairclough Greenhalgh Hindle"
).split()
REASONS = ("Cannot get away from work", "Unwell", "Away that week", "Will ring to book again")
NOTES = (
    "Step-free way in, please",
    "My sister will come with me",
    "Please speak up, I hear badly on the left",
    "",
    "",
    "",
    "",
)


@dataclass(slots=True)
class Person:
    """An invented patient, before the clinic knows them."""

    name: str
    email: str
    phone: str
    note: str


def crowd(random: Random, count: int) -> list[Person]:
    """Draw people with different names, each to be reached by e-mail, telephone or both."""
    pairs = [(first, last) for first in FIRST for last in LAST]
    people = []
    for place, (first, last) in enumerate(random.sample(pairs, count)):
        by_mail, by_phone = random.choice(((True, True), (True, True), (True, False), (False, True)))
        people.append(
            Person(
                name=f"{first} {last}",
                email=f"{first}.{last}@mail.example".lower() if by_mail else "",
                # 07700 900000 to 900999 are kept for drama: no real telephone rings
                phone=f"+447700900{place % 1000:03d}" if by_phone else "",
                note=random.choice(NOTES),
            )
        )
    return people
