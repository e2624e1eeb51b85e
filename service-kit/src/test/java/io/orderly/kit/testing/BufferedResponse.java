package io.orderly.kit.testing;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.util.ContentCachingResponseWrapper;

/** Keeps the body of an answer until it is held against the description. A stream goes out as it is written. */
final class BufferedResponse extends ContentCachingResponseWrapper {

    private boolean leftToTheContainer;

    BufferedResponse(HttpServletResponse response) {
        super(response);
    }

    /** Whether an error page is to be answered instead. */
    boolean isLeftToTheContainer() {
        return leftToTheContainer;
    }

    /** The container takes no more of an answer when it has an error of its own to tell, such as a body that is cut off. */
    @Override
    public void setContentType(String type) {
        super.setContentType(type);
        leftToTheContainer |= getContentType() == null;
    }

    @Override
    public void sendError(int status) throws IOException {
        leftToTheContainer = true;
        super.sendError(status);
    }

    @Override
    public void sendError(int status, String message) throws IOException {
        leftToTheContainer = true;
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
