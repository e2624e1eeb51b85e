package io.orderly.kit.web;

import jakarta.servlet.ServletRequest;
import org.springframework.web.util.WebUtils;

/** The bytes of a request body, which may already have been read. */
public final class RequestBytes {

    private RequestBytes() {}

    /**
     * @return a copy
     * @throws IllegalStateException if the request did not pass {@link BufferedBodyFilter}
     */
    public static byte[] of(ServletRequest request) {
        BufferedBodyRequest buffered = WebUtils.getNativeRequest(request, BufferedBodyRequest.class);
        if (buffered == null) {
            throw new IllegalStateException("the body of this request is not buffered");
        }
        return buffered.body();
    }
}
