package io.orderly.order.participants;

import io.orderly.kit.web.ProblemType;
import org.springframework.http.HttpStatus;

/** What a client is told when another service is needed at once and gives no answer. */
public final class ParticipantProblems {

    /** 503. */
    public static final ProblemType UNAVAILABLE = new ProblemType(
            "participant-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "A service that is needed gives no answer");

    private ParticipantProblems() {}
}
