package io.orderly.console.audit;

import io.orderly.console.audit.AuditView.Check;
import io.orderly.console.audit.AuditView.Verdict;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A rule for each of several things.
 *
 * @param sentence what holds
 * @param holds whether it holds for one of them
 * @param name of one of them
 */
record Invariant<T>(String sentence, Predicate<T> holds, Function<T, String> name) {

    private static final int MAX_NAMED = 3;

    Check check(Collection<T> each) {
        List<String> violations = each.stream().filter(holds.negate()).map(name).toList();
        return new Check(
                sentence,
                violations.isEmpty() ? Verdict.HOLDS : Verdict.VIOLATED,
                each.size(),
                violations.isEmpty()
                        ? ""
                        : String.join(", ", violations.subList(0, Math.min(MAX_NAMED, violations.size())))
                                + (violations.size() > MAX_NAMED
                                        ? " and %d more".formatted(violations.size() - MAX_NAMED)
                                        : ""));
    }

    Check unknown(String why) {
        return new Check(sentence, Verdict.UNKNOWN, 0, why);
    }
}
