package io.orderly.gateway.forwarding;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.coyote.CloseNowException;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Closes the connection to a client whose response broke after a part of it was sent. An exception of the handler itself would not do that: it is
 * converted to a problem, which cannot be sent any more, and the container then ends the response as if it were complete.
 */
public final class BrokenResponseFilter extends OncePerRequestFilter {

    private static final String FAILURE = BrokenResponseFilter.class.getName();

    /** The rest of the response to this request will not come. */
    static void breakOff(HttpServletRequest request, IOException failure) {
        request.setAttribute(FAILURE, failure);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        if (request.getAttribute(FAILURE) instanceof IOException failure) {
            throw new CloseNowException("The response broke off", failure);
        }
    }
}
