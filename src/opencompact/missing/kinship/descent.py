"""Pedigrees as graphs: what is wrong with one, who matters for a question, in which order people come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opencompact.errors import InvalidDataError
from opencompact.language import N_, said
from opencompact.missing.kinship.case import Pedigree, Person

_WORDS = {"father": N_("father"), "mother": N_("mother"), "female": N_("female"), "male": N_("male")}


def check_pedigree(pedigree: Pedigree, *, name: str, file: str | None = None) -> None:
    """Raises `InvalidDataError` naming the person where a pedigree cannot be one.

    The same person twice, a parent who is not a member, one parent only, a father who is a woman, a mother who is a
    man, one person as both parents, a person who is their own ancestor, inbreeding of someone who is no founder.
    """
    for problem, value, rule, remedy in _faults(pedigree):
        raise InvalidDataError(
            said("{name}: {reason}", name=name, reason=problem), file=file, value=value, rule=rule, remedy=remedy
        )


def _faults(pedigree: Pedigree) -> Iterator[tuple[str, object, str, str | None]]:
    people: dict[str, Person] = {}
    for member in pedigree.members:
        if member.id in people:
            yield (
                said("The same person is listed twice."),
                member.id,
                "kinship.person-twice",
                said("Give every person one id."),
            )
        people[member.id] = member
    for member in pedigree.members:
        yield from _parent_faults(member, people)
    if (person := _own_ancestor(people)) is not None:
        yield (
            said("{person} is their own ancestor.", person=person),
            person,
            "kinship.own-ancestor",
            said("Correct a father or mother above them."),
        )
    for identity, coefficient in {**pedigree.founder_inbreeding, **pedigree.founder_inbreeding_x}.items():
        if identity not in people or not people[identity].is_founder:
            yield (
                said("Inbreeding is stated for someone who is no founder."),
                identity,
                "kinship.founder-inbreeding",
                None,
            )
        if not 0 <= coefficient <= 1:
            yield (
                said("The inbreeding of {identity} is no probability.", identity=identity),
                coefficient,
                "kinship.founder-inbreeding",
                None,
            )


def _parent_faults(member: Person, people: dict[str, Person]) -> Iterator[tuple[str, object, str, str | None]]:
    if (member.father is None) != (member.mother is None):
        remedy = said("Add the other parent as an untyped founder, or state neither.")
        yield (
            said("{member} has one parent only.", member=member.id),
            member.father or member.mother,
            "kinship.one-parent",
            remedy,
        )
    if member.father is not None and member.father == member.mother:
        yield (
            said("{member} has one person as father and mother.", member=member.id),
            member.father,
            "kinship.same-parent",
            None,
        )
    for role, parent, sex in (("father", member.father, "female"), ("mother", member.mother, "male")):
        if parent is None:
            continue
        if parent not in people:
            remedy = said("Add them as a member.")
            yield (
                said("The {role} of {member} is not in the pedigree.", role=said(_WORDS[role]), member=member.id),
                parent,
                "kinship.parent-unknown",
                remedy,
            )
        elif people[parent].sex == sex:
            yield (
                said(
                    "The {role} of {member} is {sex}.", role=said(_WORDS[role]), member=member.id, sex=said(_WORDS[sex])
                ),
                parent,
                "kinship.parent-sex",
                said("Correct the sex or the role."),
            )


def _own_ancestor(people: dict[str, Person]) -> str | None:
    """Someone on a circle of descent, or None; iterative, so that a deep pedigree is no trouble."""
    done: set[str] = set()
    for start in people:
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(_parents(people, start)))]
        open_now = {start}
        while trail:
            identity, parents = trail[-1]
            parent = next((p for p in parents if p not in done), None)
            if parent is None:
                trail.pop()
                open_now.discard(identity)
                done.add(identity)
            elif parent in open_now:
                return parent
            else:
                open_now.add(parent)
                trail.append((parent, iter(_parents(people, parent))))
    return None


def _parents(people: dict[str, Person], identity: str) -> tuple[str, ...]:
    person = people[identity]
    return tuple(p for p in (person.father, person.mother) if p is not None and p in people)


def relevant(members: Iterable[Person], wanted: Iterable[str]) -> tuple[Person, ...]:
    """The wanted people and their ancestors, in the order of the pedigree.

    Someone without a wanted descendant adds a factor of one, whatever the model, and is left out. Ancestors stay, even
    untyped founders: leaving those out changes the result under models that do not keep the frequencies.
    """
    members = tuple(members)
    people = {member.id: member for member in members}
    stack = [identity for identity in wanted if identity in people]
    kept = set(stack)
    while stack:
        for parent in _parents(people, stack.pop()):
            if parent not in kept:
                kept.add(parent)
                stack.append(parent)
    return tuple(member for member in members if member.id in kept)


def without_single_founders(members: Iterable[Person], wanted: Iterable[str]) -> tuple[Person, ...]:
    """The members without untyped founders of one child, whose copy is then drawn from the population.

    What Familias does before it computes. The same under models that keep the frequencies; see the conventions.
    """
    kept = {member.id: member for member in members}
    wanted = set(wanted)
    while True:
        founder, child = next(_single_founders(kept, wanted), (None, None))
        if founder is None or child is None:
            return tuple(kept.values())
        del kept[founder.id]
        father = None if child.father == founder.id else child.father
        mother = None if child.mother == founder.id else child.mother
        kept[child.id] = Person(child.id, father, mother, child.sex)


def _single_founders(people: dict[str, Person], wanted: set[str]) -> Iterator[tuple[Person, Person]]:
    for person in people.values():
        if person.is_founder and person.id not in wanted:
            children = [other for other in people.values() if person.id in (other.father, other.mother)]
            if len(children) == 1:
                yield person, children[0]


def may_be_inbred(pedigree: Pedigree, identity: str) -> bool:
    """Whether both copies of someone's alleles can come from one ancestral copy."""
    people = {member.id: member for member in pedigree.members}
    person = people[identity]
    if person.is_founder:
        return bool(pedigree.founder_inbreeding.get(identity) or pedigree.founder_inbreeding_x.get(identity))
    lines = [{member.id for member in relevant(pedigree.members, [parent])} for parent in _parents(people, identity)]
    return len(lines) == 2 and bool(lines[0] & lines[1])
