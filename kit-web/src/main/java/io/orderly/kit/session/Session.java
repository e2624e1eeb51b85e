package io.orderly.kit.session;

import io.orderly.kit.web.ProblemException;
import io.orderly.kit.web.ProblemType;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** What the client of a request has seen so far. It belongs to one request; its response has a token with it. */
public final class Session {

    public static final String HEADER = "Orderly-Session";

    /** 503: this instance does not have what the client has seen. */
    public static final ProblemType BEHIND = new ProblemType(
            "behind-session", HttpStatus.SERVICE_UNAVAILABLE, "The instance is behind what the client has seen");

    private static final String RETRY_AFTER_SECONDS = "1";

    private final HttpServletResponse response;
    private SessionToken token;

    Session(SessionToken token, HttpServletResponse response) {
        this.token = token;
        this.response = response;
        describe();
    }

    /** The highest revision of the catalogue that the client has seen; 0 if it has seen no change. */
    public long seen() {
        return token.revision();
    }

    /** The response shows something of that revision. */
    public void saw(long revision) {
        if (revision > token.revision()) {
            token = new SessionToken(revision);
            describe();
        }
    }

    /** The session as another service has continued it; a text that is no token changes nothing. */
    public void continuedAs(String text) {
        try {
            saw(SessionToken.of(text).revision());
        } catch (IllegalArgumentException _) {
            // of a service without sessions
        }
    }

    /** The problem to refuse the request with, since this instance is behind. The client should come back in a moment. */
    public ProblemException behind() {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        return new ProblemException(
                BEHIND,
                "This instance has not received the changes that the client has seen. Try again in a moment, or without "
                        + HEADER + ".");
    }

    private void describe() {
        response.setHeader(HEADER, token.toString());
    }

    /** The token, for requests to other services. */
    @Override
    public String toString() {
        return token.toString();
    }
}
