package io.orderly.kit.security;

import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Sends the token of the request that this thread is handling along with a call to another service of the system, which then decides
 * itself. It is not for calls to other systems, which could use the token.
 */
public final class ForwardedToken implements ClientHttpRequestInterceptor {

    @Override
    public ClientHttpResponse intercept(HttpRequest call, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        if (RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes current) {
            String token = current.getRequest().getHeader(HttpHeaders.AUTHORIZATION);
            if (token != null) {
                call.getHeaders().set(HttpHeaders.AUTHORIZATION, token);
            }
        }
        return execution.execute(call, body);
    }
}
