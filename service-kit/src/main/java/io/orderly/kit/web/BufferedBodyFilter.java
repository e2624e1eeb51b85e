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
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Reads the body before anything else does, up to a limit, so that no handler starts work for a request that is not there
 * yet or is too large to be held. Refuses what no handler should have to think of: encoded bodies, and NUL in a query.
 */
final class BufferedBodyFilter extends OncePerRequestFilter {

    private final int maxBodyBytes;

    BufferedBodyFilter(int maxBodyBytes) {
        this.maxBodyBytes = maxBodyBytes;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Problem> refusal = refusal(request);
        if (refusal.isPresent()) {
            refusal.get().writeTo(response);
            return;
        }
        byte[] body;
        try {
            body = request.getInputStream().readNBytes(maxBodyBytes + 1);
        } catch (SocketTimeoutException e) {
            Problem.of(ProblemType.REQUEST_TIMEOUT, "The body did not arrive in time.")
                    .writeTo(response);
            return;
        } catch (IOException e) {
            Problem.of(ProblemType.MALFORMED_BODY, "The body ended early or is not framed as HTTP asks.")
                    .writeTo(response);
            return;
        }
        if (body.length > maxBodyBytes) {
            tooLarge().writeTo(response);
            return;
        }
        chain.doFilter(new BufferedBodyRequest(request, body), response);
    }

    private Optional<Problem> refusal(HttpServletRequest request) {
        if (request.getContentLengthLong() > maxBodyBytes) {
            return Optional.of(tooLarge());
        }
        String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            return Optional.of(Problem.of(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "Encoded bodies are not supported.",
                    List.of(new FieldError(HttpHeaders.CONTENT_ENCODING, "must be absent or identity"))));
        }
        String query = request.getQueryString();
        if (query != null && query.contains("%00")) {
            return Optional.of(Problem.of(
                    ProblemType.INVALID_REQUEST,
                    List.of(new FieldError(parameterWithNul(query), "must not contain NUL characters"))));
        }
        return Optional.empty();
    }

    private Problem tooLarge() {
        return Problem.of(ProblemType.BODY_TOO_LARGE, "The body may have at most " + maxBodyBytes + " bytes.");
    }

    private static String parameterWithNul(String query) {
        return Arrays.stream(query.split("&"))
                .filter(parameter -> parameter.contains("%00"))
                .map(parameter -> parameter.split("=", 2)[0])
                .findFirst()
                .orElse("query");
    }
}
