package io.orderly.kit.testing;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Buffers the body of a response until it has been checked. An event stream is not buffered. */
final class BufferedResponse extends ContentCachingResponseWrapper {

    private boolean errorPage;

    BufferedResponse(HttpServletResponse response) {
        super(response);
    }

    /** Whether the container will send an error page instead. */
    boolean isErrorPage() {
        return errorPage;
    }

    /** Tomcat ignores changes to the response once it has an error of its own to report, such as an incomplete body. */
    @Override
    public void setContentType(String type) {
        super.setContentType(type);
        errorPage |= getContentType() == null;
    }

    @Override
    public void sendError(int status) throws IOException {
        errorPage = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        errorPage = true;
        super.sendError(status, message);
    }

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
        return isStream() ? getResponse().getOutputStream() : super.getOutputStream();
    }

    @Override
    public void flushBuffer() throws IOException {
        if (isStream()) {
            getResponse().flushBuffer();
        } else {
            super.flushBuffer();
        }
    }

    private boolean isStream() {
        String type = getContentType();
        return type != null && type.startsWith(MediaType.TEXT_EVENT_STREAM_VALUE);
    }
}
