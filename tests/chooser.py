"""The choice once more, written from the rule alone: what a program with the weights and the likeness would choose.

    score_i = w_i - lambda w_i r_i        r_i = largest likeness of i to a chosen sentence

The highest score comes first, of equal ones the earlier sentence, until there are as many as were asked for. What is
too like a chosen sentence is passed over, what weighs nothing is never chosen. Nothing of `summarize` is used here.
"""

EQUAL = 1e-5  # scores that differ by less than this share of the best are equal


def choose_again(weights, likeness, number, *, redundancy_weight, duplicate_similarity):
    """Return the chosen sentences in order of choice, and of each sentence what was taken off and for which one.

    Args:
        weights: a number for each sentence.
        likeness: that of each sentence to each.
        number: most sentences.
        redundancy_weight: lambda.
        duplicate_similarity: from this likeness on a sentence repeats another.
    """
    sentences, chosen, when_chosen = range(len(weights)), [], {}

    def closest(index, among):
        """Return the largest likeness to one of some sentences, and the first of those that has it."""
        found = [(likeness[other][index], other) for other in among]
        best = max((value for value, _ in found), default=0.0)
        return (best, next(other for value, other in found if value == best)) if best > 0 else (0.0, None)

    def off(index, among):
        like, other = closest(index, among)
        return redundancy_weight * weights[index] * like, other

    while len(chosen) < number:
        scores = {
            index: max(0.0, weights[index] - off(index, chosen)[0])
            for index in sentences
            if index not in chosen and weights[index] > 0 and closest(index, chosen)[0] < duplicate_similarity
        }
        if not scores:
            break
        best = next(index for index, score in scores.items() if score >= max(scores.values()) * (1 - EQUAL))
        when_chosen[best] = off(best, chosen)
        chosen.append(best)
    taken = [when_chosen.get(index) or off(index, chosen) for index in sentences]
    repeats = {
        index
        for index in sentences
        if index not in chosen and weights[index] > 0 and closest(index, chosen)[0] >= duplicate_similarity
    }
    return chosen, taken, repeats
