package io.orderly.kit.web;

import jakarta.servlet.ServletRequest;
import org.springframework.web.util.WebUtils;

/** The body of a request as it came, whoever has read it before. */
public final class RequestBytes {

    private RequestBytes() {}

    /**
     * @return a copy
     * @throws IllegalStateException if the request did not come through this package's filter
     */
    public static byte[] of(ServletRequest request) {
        BufferedBodyRequest buffered = WebUtils.getNativeRequest(request, BufferedBodyRequest.class);
        if (buffered == null) {
            throw new IllegalStateException("the body of this request was not kept");
        }
        return buffered.body();
    }
}
