package io.orderly.lab.conformance;

import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The result of a certification.
 *
 * @param participant such as {@code inventory}
 * @param seed from which everything random was drawn
 * @param conditions under which it was made, by name: the broker, the data, the times
 */
public record Certificate(
        String participant, Instant at, long seed, Map<String, String> conditions, List<RuleResult> results) {

    public Certificate {
        results = List.copyOf(results);
    }

    public long passed() {
        return results.stream().filter(each -> each.verdict() instanceof Passed).count();
    }

    public long failed() {
        return results.stream().filter(each -> each.verdict() instanceof Failed).count();
    }

    public long notDecided() {
        return results.stream()
                .filter(each -> each.verdict() instanceof NotDecided)
                .count();
    }

    /** Such as {@code inventory: 14 rules passed, 1 failed, 0 not decided}. */
    public String summary() {
        return "%s: %d rules passed, %d failed, %d not decided"
                .formatted(participant, passed(), failed(), notDecided());
    }
}
