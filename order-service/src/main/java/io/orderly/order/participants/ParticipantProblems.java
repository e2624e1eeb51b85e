package io.orderly.order.participants;

import io.orderly.kit.web.ProblemType;
import org.springframework.http.HttpStatus;

/** The problem types of requests that need a synchronous call to another service. */
public final class ParticipantProblems {

    /** 503: a service that the request needs does not respond. */
    public static final ProblemType UNAVAILABLE = new ProblemType(
            "participant-unavailable", HttpStatus.SERVICE_UNAVAILABLE, "A required service does not respond");

    private ParticipantProblems() {}
}
