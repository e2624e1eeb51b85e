package io.orderly.antipatterns.ordering;

import io.orderly.kit.web.ProblemType;
import io.orderly.kit.web.ProblemTypes;
import java.util.List;
import org.springframework.http.HttpStatus;

/** Why no order was placed: unlike a saga, these ways know before they answer. */
public final class OrderProblems {

    public static final ProblemType ORDER_DECLINED =
            new ProblemType("order-declined", HttpStatus.UNPROCESSABLE_CONTENT, "The order cannot be fulfilled");
    public static final ProblemType CONTENDED =
            new ProblemType("contended", HttpStatus.CONFLICT, "Other orders hold what this one needs");
    public static final ProblemType OUTCOME_UNKNOWN =
            new ProblemType("outcome-unknown", HttpStatus.SERVICE_UNAVAILABLE, "What became of it is not known yet");

    private OrderProblems() {}

    static ProblemTypes all() {
        return new ProblemTypes(List.of(ORDER_DECLINED, CONTENDED, OUTCOME_UNKNOWN));
    }
}
