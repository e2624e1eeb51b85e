package io.orderly.lab.trial;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.orderly.contracts.Printable;
import io.orderly.lab.conformance.Verdict;
import io.orderly.lab.conformance.Verdict.Failed;
import io.orderly.lab.conformance.Verdict.NotDecided;
import io.orderly.lab.conformance.Verdict.Passed;
import java.util.List;

/**
 * Whether an invariant held after a run.
 *
 * @param verdict not decided if the system could not be asked
 * @param violations the first of them, printable
 */
public record InvariantResult(String name, @JsonIgnore Verdict verdict, List<String> violations) {

    private static final int SHOWN = 20;
    private static final int MAX_LENGTH = 300;

    static InvariantResult of(String name, List<String> violations) {
        return new InvariantResult(
                name,
                switch (violations.size()) {
                    case 0 -> new Passed();
                    case 1 -> new Failed("1 violation");
                    default -> new Failed(violations.size() + " violations");
                },
                violations.stream()
                        .limit(SHOWN)
                        .map(violation -> Printable.of(violation, MAX_LENGTH))
                        .toList());
    }

    static InvariantResult notDecided(String name, String reason) {
        return new InvariantResult(name, new NotDecided(reason), List.of());
    }

    /** The verdict in words, for JSON. */
    @JsonProperty
    String outcome() {
        return verdict.inWords();
    }

    /** Why the invariant does not hold or was not decided, for JSON; empty if it holds. */
    @JsonProperty
    String reason() {
        return verdict.explanation();
    }

    public boolean isViolated() {
        return verdict instanceof Failed;
    }
}
