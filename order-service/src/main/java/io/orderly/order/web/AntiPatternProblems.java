package io.orderly.order.web;

import io.orderly.kit.web.ProblemType;
import io.orderly.kit.web.ProblemTypes;
import java.util.List;
import org.springframework.http.HttpStatus;

/** What the anti-patterns answer when they cannot do what they are asked: unlike a saga, they know before they answer. */
final class AntiPatternProblems {

    static final ProblemType ORDER_DECLINED =
            new ProblemType("order-declined", HttpStatus.UNPROCESSABLE_CONTENT, "The order cannot be fulfilled");
    static final ProblemType CONTENDED =
            new ProblemType("contended", HttpStatus.CONFLICT, "Other orders hold what this one needs");
    static final ProblemType PARTICIPANT_UNAVAILABLE = new ProblemType(
            "participant-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "A service that is needed gives no answer");
    static final ProblemType OUTCOME_UNKNOWN =
            new ProblemType("outcome-unknown", HttpStatus.SERVICE_UNAVAILABLE, "What became of it is not known yet");

    private AntiPatternProblems() {}

    static ProblemTypes all() {
        return new ProblemTypes(List.of(ORDER_DECLINED, CONTENDED, PARTICIPANT_UNAVAILABLE, OUTCOME_UNKNOWN));
    }
}
