package io.orderly.antipatterns.ordering;

import io.orderly.kit.web.ProblemType;
import io.orderly.kit.web.ProblemTypes;
import java.util.List;
import org.springframework.http.HttpStatus;

/** The problem types of a failed placement. Unlike a saga, these anti-patterns know the outcome before they respond. */
public final class OrderProblems {

    public static final ProblemType ORDER_DECLINED =
            new ProblemType("order-declined", HttpStatus.UNPROCESSABLE_CONTENT, "The order cannot be fulfilled");
    public static final ProblemType CONTENDED =
            new ProblemType("contended", HttpStatus.CONFLICT, "Other orders hold locks that this order needs");
    public static final ProblemType OUTCOME_UNKNOWN =
            new ProblemType("outcome-unknown", HttpStatus.SERVICE_UNAVAILABLE, "The outcome is not known yet");

    private OrderProblems() {}

    static ProblemTypes all() {
        return new ProblemTypes(List.of(ORDER_DECLINED, CONTENDED, OUTCOME_UNKNOWN));
    }
}
