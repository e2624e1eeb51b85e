package io.orderly.gateway.forwarding;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.cloud.gateway.server.mvc.common.MvcUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.util.MultiValueMap;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.servlet.function.ServerResponse;

/**
 * The response of an instance, whose body may still fail to arrive. Then the client gets a problem, or, if a part has been sent already, a connection
 * that is closed: a response that ends early must not look complete.
 *
 * @param response the status and headers that arrived
 * @param request what it is the response to
 * @param failed what the client gets if the body does not arrive
 */
record RelayedResponse(ServerResponse response, ServerRequest request, ServerResponse failed)
        implements ServerResponse {

    @Override
    public HttpStatusCode statusCode() {
        return response.statusCode();
    }

    @Override
    public HttpHeaders headers() {
        return response.headers();
    }

    @Override
    public MultiValueMap<String, Cookie> cookies() {
        return response.cookies();
    }

    @Override
    public @Nullable ModelAndView writeTo(HttpServletRequest received, HttpServletResponse sent, Context context)
            throws ServletException, IOException {
        // a response that is not written, since the client has the same version, is closed here
        ClientHttpResponse instance = MvcUtils.getAttribute(request, MvcUtils.CLIENT_RESPONSE_ATTR);
        try (instance) {
            return response.writeTo(received, sent, context);
        } catch (IOException e) {
            if (sent.isCommitted()) {
                BrokenResponseFilter.breakOff(received, e);
                return null;
            }
            sent.reset();
            return failed.writeTo(received, sent, context);
        }
    }
}
