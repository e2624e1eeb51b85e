package io.orderly.kit.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body into memory before other filters and handlers run, up to a limit, so that work starts only for complete
 * requests. Also refuses encoded bodies and malformed paths and queries.
 */
final class BufferedBodyFilter extends OncePerRequestFilter {

    /** A body up to this size needs no more memory than its connection. */
    static final int SMALL_BODY_BYTES = 16 * 1024;

    private final int maxBodyBytes;
    private final Semaphore largeBodies;
    private final OverloadResponse overloadResponse;

    BufferedBodyFilter(int maxBodyBytes, int maxLargeBodies, OverloadResponse overloadResponse) {
        this.maxBodyBytes = maxBodyBytes;
        this.largeBodies = new Semaphore(maxLargeBodies);
        this.overloadResponse = overloadResponse;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > maxBodyBytes) {
            tooLarge().writeTo(response);
            return;
        }
        byte[] start = read(request, response, Math.min(SMALL_BODY_BYTES, maxBodyBytes) + 1);
        if (start == null) {
            return;
        }
        if (start.length <= Math.min(SMALL_BODY_BYTES, maxBodyBytes)) {
            proceed(request, start, response, chain);
        } else if (largeBodies.tryAcquire()) {
            try {
                proceedWithLargeBody(request, start, response, chain);
            } finally {
                largeBodies.release();
            }
        } else {
            overloadResponse.writeTo(response);
        }
    }

    private void proceedWithLargeBody(
            HttpServletRequest request, byte[] start, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        byte[] rest = read(request, response, maxBodyBytes + 1 - start.length);
        if (rest == null) {
            return;
        }
        if (start.length + rest.length > maxBodyBytes) {
            tooLarge().writeTo(response);
            return;
        }
        byte[] body = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, body, start.length, rest.length);
        proceed(request, body, response, chain);
    }

    /** @return null if the body could not be read and the response has been written */
    private static byte @Nullable [] read(HttpServletRequest request, HttpServletResponse response, int maxBytes)
            throws IOException {
        try {
            return request.getInputStream().readNBytes(maxBytes);
        } catch (IOException e) {
            Problem problem = e instanceof SocketTimeoutException || e.getCause() instanceof SocketTimeoutException
                    ? Problem.of(ProblemType.REQUEST_TIMEOUT, "The body did not arrive in time.")
                    : Problem.of(ProblemType.MALFORMED_BODY, "The body is incomplete or has invalid HTTP framing.");
            problem.writeTo(response);
            return null;
        }
    }

    private static void proceed(
            HttpServletRequest request, byte[] body, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Problem> refusal = refusal(request);
        if (refusal.isPresent()) {
            refusal.get().writeTo(response);
            return;
        }
        chain.doFilter(new BufferedBodyRequest(request, body), response);
    }

    private static Optional<Problem> refusal(HttpServletRequest request) {
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Encoded bodies are not supported.",
                    List.of(new FieldError(HttpHeaders.CONTENT_ENCODING, "must be absent or identity"))));
        }
        return TargetCheck.violationIn(request).map(error -> Problem.of(ProblemType.INVALID_REQUEST, List.of(error)));
    }

    private Problem tooLarge() {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "The body may have at most " + maxBodyBytes + " bytes.");
    }
}
