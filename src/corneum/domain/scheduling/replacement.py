"""
Placing several visits anew at once: as many as can be, and then as well as can be.

When somebody is ill or a room is flooded, the visits that were theirs compete for what is left. Each
comes with the places that it could have; two places cannot both be had when they share a lane and lie
nearer to each other than the larger of their two adjoining buffers.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

SCALE = 64  # of costs against prices: prices may be fractions of a cost
ROUNDS = 200  # of bidding
PATIENCE = 8  # rounds without a better bound before the bids are halved
NODES = 20_000  # looked at before the best that is known has to do


class Taken(NamedTuple):
    """The time of one lane that a place takes, with its set-up before and its clean-down after."""

    lane: Hashable
    starts: int
    ends: int
    clear_from: int
    clear_until: int


class Place(NamedTuple):
    """A place that a visit could have: what it takes, and what is worse about it than the old one."""

    taken: tuple[Taken, ...]
    cost: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What each thing costs that is not as it was promised; two of the cheapest weigh less than one dearer."""

    minute_moved: int = 1
    other_day: int = 240  # as bad as four hours
    other_practitioner: int = 180
    other_part_of_day: int = 90  # the patient chose a morning
    other_thing: int = 5  # a room or a device: nobody but the desk notices

    def of(
        self, *, minutes: int, is_other_day: bool, is_other_person: bool, is_other_part: bool, other_things: int
    ) -> int:
        """Add up what a place costs, never less than nothing."""
        return (
            self.minute_moved * abs(minutes)
            + self.other_day * is_other_day
            + self.other_practitioner * is_other_person
            + self.other_part_of_day * is_other_part
            + self.other_thing * other_things
        )


@dataclass(frozen=True, slots=True)
class Replaced:
    """For each visit the number of the place that it gets, or None; and whether nothing better exists."""

    chosen: tuple[int | None, ...]
    cost: int
    is_proven: bool

    @property
    def placed(self) -> int:
        """How many visits got a place."""
        return sum(place is not None for place in self.chosen)


def clash(one: Place, other: Place) -> bool:
    """Say whether two places cannot both be had."""
    return any(
        (mine.starts < theirs.clear_until and theirs.starts < mine.clear_until)
        or (mine.clear_from < theirs.ends and theirs.clear_from < mine.ends)
        for mine in one.taken
        for theirs in other.taken
        if mine.lane == theirs.lane
    )


def place_anew(visits: Sequence[Sequence[Place]], *, nodes: int = NODES) -> Replaced:
    """
    Choose a place for each visit so that none clash: for as many as can be, then at the least cost.

    Visits that cannot be in each other's way are looked at by themselves. Within each group every
    moment of every lane gets a price, bid up while too many want it; what is over the price of the
    best plan known cannot be part of a better one. The same visits always get the same answer.

    :param nodes: how many branches may be looked at; beyond it the answer is the best found, not proven
    """
    chosen: list[int | None] = [None] * len(visits)
    is_proven, left = True, nodes
    for group in _groups(visits):
        found = _Group([visits[visit] for visit in group])
        found.search(left)
        left = max(0, left - found.looked_at)
        is_proven = is_proven and found.is_proven
        for visit, place in zip(group, found.best, strict=True):
            chosen[visit] = place
    cost = sum(visits[visit][place].cost for visit, place in enumerate(chosen) if place is not None)
    return Replaced(tuple(chosen), cost, is_proven)


class _Group:
    """Visits that are in each other's way, with their places numbered through, a bit for each."""

    def __init__(self, visits: Sequence[Sequence[Place]]) -> None:
        places = [place for places in visits for place in places]
        self.nowhere = SCALE * (1 + sum(max((place.cost for place in places), default=0) for places in visits))
        self.costs = [SCALE * place.cost for place in places]
        self.of: list[range] = []
        for each in visits:
            first = self.of[-1].stop if self.of else 0
            self.of.append(range(first, first + len(each)))
        self.by_end = sorted(range(len(places)), key=lambda number: _end_of(places[number]))
        self.cliques = _cliques(places)
        self.clashes = _clashes(len(places), self.cliques)
        self.best: list[int | None] = [None] * len(visits)
        self.best_cost = self.nowhere * len(visits)
        self.looked_at = 0
        self.is_proven = False

    def search(self, nodes: int) -> None:
        """Find a good plan, bid for the moments that several want, then look through what may still be better."""
        self.reduced, self.prices = self.costs, 0
        self._improve(self._mended(self._filled([None] * len(self.of), self.costs)))
        self._improve(self._mended(self._packed()))
        self._bid()
        self.order = [sorted(places, key=lambda place: (self.reduced[place], place)) for places in self.of]
        self.nodes = nodes
        self.is_proven = self._branch(frozenset(range(len(self.of))), self._worthwhile(), 0, {})
        self.best = [
            None if place is None else place - places.start for place, places in zip(self.best, self.of, strict=True)
        ]

    def _bid(self) -> None:
        """Raise the price of every moment that is wanted too often, lower what is wanted too little (subgradients)."""
        prices, bound = [0] * len(self.cliques), -1
        containing: list[list[int]] = [[] for _ in self.costs]
        for number, clique in enumerate(self.cliques):
            for place in clique:
                containing[place].append(number)
        reduced, halved, since = list(self.costs), 0, 0
        for round_ in range(ROUNDS):
            value, favourites = self._favourites(reduced)
            value -= sum(prices)
            wanted = Counter(number for place in favourites for number in containing[place])
            since += 1
            if value > bound:
                bound, since, self.reduced, self.prices = value, 0, list(reduced), sum(prices)
            elif since > PATIENCE:
                halved, since = halved + 1, 0
            if round_ % 16 == 15:
                self._improve(self._filled([None] * len(self.of), reduced))
            slopes = {
                number: wanted[number] - 1
                for number, price in enumerate(prices)
                if wanted[number] > 1 or (price and not wanted[number])
            }
            if not slopes or bound > self.best_cost - SCALE:
                break
            step = max(1, (self.best_cost - value >> halved) // sum(slope * slope for slope in slopes.values()))
            for number, slope in slopes.items():
                changed = max(0, prices[number] + step * slope) - prices[number]
                prices[number] += changed
                for place in self.cliques[number]:
                    reduced[place] += changed
        self._improve(self._mended(self.best))

    def _favourites(self, reduced: Sequence[int]) -> tuple[int, list[int]]:
        """Say which places are taken if each visit takes what is cheapest for it alone, and what that costs."""
        value, favourites = 0, []
        for places in self.of:
            cheapest = min(places, key=reduced.__getitem__, default=None)
            if cheapest is None or reduced[cheapest] >= self.nowhere:
                value += self.nowhere
            else:
                value += reduced[cheapest]
                favourites.append(cheapest)
        return value, favourites

    def _filled(self, chosen: Sequence[int | None], costs: Sequence[int]) -> list[int | None]:
        """Give each visit that has none its cheapest free place, whoever would lose most by waiting first."""
        chosen, taken = list(chosen), 0
        for place in chosen:
            taken |= 0 if place is None else self.clashes[place]
        waiting = {visit for visit, place in enumerate(chosen) if place is None}
        while waiting:
            turn: tuple[int, int, int] | None = None
            for visit in sorted(waiting):
                free = [place for place in self.of[visit] if not taken >> place & 1]
                if not free:
                    waiting.discard(visit)
                    continue
                least = min(free, key=costs.__getitem__)
                second = min((costs[place] for place in free if place != least), default=self.nowhere)
                if turn is None or second - costs[least] > turn[0]:
                    turn = (second - costs[least], visit, least)
            if turn is not None:
                _, visit, place = turn
                waiting.discard(visit)
                chosen[visit] = place
                taken |= self.clashes[place]
        return chosen

    def _packed(self) -> list[int | None]:
        """Take whatever is over soonest, again and again: dear, but it leaves the most room for the others."""
        owner = {place: visit for visit, places in enumerate(self.of) for place in places}
        chosen: list[int | None] = [None] * len(self.of)
        taken = 0
        for place in self.by_end:
            if chosen[owner[place]] is None and not taken >> place & 1:
                chosen[owner[place]] = place
                taken |= self.clashes[place]
        return chosen

    def _mended(self, chosen: Sequence[int | None]) -> list[int | None]:
        """Let each visit have each of its places, whoever must make room, for as long as all together gain by it."""
        best, cost = list(chosen), self._cost(chosen)
        has_gained = True
        while has_gained:
            has_gained = False
            for visit, places in enumerate(self.of):
                for place in places:
                    mine = best[visit]
                    if mine is not None and self.costs[place] >= self.costs[mine]:
                        continue
                    tried = [
                        None if other is not None and self.clashes[place] >> other & 1 else other for other in best
                    ]
                    tried[visit] = place
                    tried = self._filled(tried, self.costs)
                    if self._cost(tried) < cost:
                        best, cost, has_gained = tried, self._cost(tried), True
        return best

    def _cost(self, chosen: Sequence[int | None]) -> int:
        return sum(self.nowhere if place is None else self.costs[place] for place in chosen)

    def _improve(self, chosen: Sequence[int | None]) -> None:
        """Keep a plan if it is better than the best that is known."""
        if (cost := self._cost(chosen)) < self.best_cost:
            self.best, self.best_cost = list(chosen), cost

    def _worthwhile(self) -> int:
        """Leave out, for good, the places that are too dear for any plan that is better than the best known."""
        cheapest = [min((self.reduced[place] for place in places), default=self.nowhere) for places in self.of]
        cheapest = [min(cost, self.nowhere) for cost in cheapest]
        spare = self.best_cost - SCALE - (sum(cheapest) - self.prices)
        kept = 0
        for places, least in zip(self.of, cheapest, strict=True):
            for place in places:
                if self.reduced[place] - least <= spare:
                    kept |= 1 << place
        return kept

    def _branch(self, open_: frozenset[int], free: int, spent: int, chosen: dict[int, int | None]) -> bool:
        """Look through all that may be better with these visits still open, and say whether all was looked through."""
        self.looked_at += 1
        if self.looked_at > self.nodes:
            return False
        if not open_:
            self._improve([chosen[visit] for visit in range(len(self.of))])
            return True
        bound, turn = spent - self.prices, None
        for visit in sorted(open_):
            least, second = self._two_cheapest(visit, free)
            bound += least
            if turn is None or second - least > turn[0]:
                turn = (second - least, visit)
        if bound > self.best_cost - SCALE or turn is None:
            return True
        visit, is_complete = turn[1], True
        rest = open_ - {visit}
        for place in self.order[visit]:
            if free >> place & 1:
                chosen[visit] = place
                left = free & ~self.clashes[place]
                is_complete = self._branch(rest, left, spent + self.reduced[place], chosen) and is_complete
                if self.looked_at > self.nodes:
                    break
        else:
            chosen[visit] = None
            is_complete = self._branch(rest, free, spent + self.nowhere, chosen) and is_complete
        del chosen[visit]
        return is_complete and self.looked_at <= self.nodes

    def _two_cheapest(self, visit: int, free: int) -> tuple[int, int]:
        """Say what the two cheapest of a visit's free places cost; staying without one is always possible."""
        least: int | None = None
        for place in self.order[visit]:
            if self.reduced[place] >= self.nowhere:
                break
            if free >> place & 1:
                if least is not None:
                    return least, self.reduced[place]
                least = self.reduced[place]
        return (self.nowhere, self.nowhere) if least is None else (least, self.nowhere)


def _end_of(place: Place) -> int:
    return max((taken.clear_until for taken in place.taken), default=0)


def _cliques(places: Sequence[Place]) -> list[tuple[int, ...]]:
    """
    List the places that share a moment of a lane, of which one at most can be had.

    Of spans that overlap, the one that begins later begins within the other. So the moments at which
    one begins show every clash; both rules of the two buffers are looked at like that.
    """
    spans: dict[tuple[Hashable, bool], list[tuple[int, int, int]]] = {}
    for number, place in enumerate(places):
        for lane, starts, ends, clear_from, clear_until in place.taken:
            spans.setdefault((lane, False), []).append((starts, clear_until, number))
            spans.setdefault((lane, True), []).append((clear_from, ends, number))
    found = {group: None for of_lane in spans.values() for group in _sharing(sorted(of_lane))}
    return list(found)


def _sharing(spans: Sequence[tuple[int, int, int]]) -> Iterator[tuple[int, ...]]:
    """Sweep over spans in the order of their starts, and yield who is there whenever somebody is about to leave."""
    present: list[tuple[int, int]] = []
    has_grown = False
    for starts, ends, number in spans:
        staying = [(until, other) for until, other in present if until > starts]
        if len(staying) < len(present) and has_grown:
            if len(present) > 1:
                yield tuple(sorted({other for _, other in present}))
            has_grown = False
        present = [*staying, (ends, number)]
        has_grown = True
    if len(present) > 1:
        yield tuple(sorted({other for _, other in present}))


def _clashes(count: int, cliques: Iterable[Sequence[int]]) -> list[int]:
    """For each place set the bits of those that cannot be had with it, and its own."""
    clashes = [1 << place for place in range(count)]
    for clique in cliques:
        everybody = 0
        for place in clique:
            everybody |= 1 << place
        for place in clique:
            clashes[place] |= everybody
    return clashes


def _groups(visits: Sequence[Sequence[Place]]) -> list[list[int]]:
    """Part the visits into groups of which none can be in the way of another."""
    parent = list(range(len(visits)))

    def root(visit: int) -> int:
        while parent[visit] != visit:
            parent[visit] = visit = parent[parent[visit]]
        return visit

    owner = [visit for visit, places in enumerate(visits) for _ in places]
    for clique in _cliques([place for places in visits for place in places]):
        first = root(owner[clique[0]])
        for place in clique[1:]:
            parent[root(owner[place])] = first
    groups: dict[int, list[int]] = {}
    for visit in range(len(visits)):
        groups.setdefault(root(visit), []).append(visit)
    return list(groups.values())
