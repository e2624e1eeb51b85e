package io.orderly.provider.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** The body of a request, part by part as Tomcat hands it over. */
final class RequestBody implements ApplicationBufferHandler {

    /** Larger bodies are refused; the largest sensible one has a tenth of this. */
    private static final int MAX_BYTES = 64 * 1024;

    private ByteBuffer part = ApplicationBufferHandler.EMPTY_BUFFER;

    private RequestBody() {}

    /** @throws ProblemException 4xx if it is too large, or does not come as HTTP asks or in time */
    static byte[] of(Request request) {
        if (request.getContentLengthLong() > MAX_BYTES) {
            throw tooLarge();
        }
        request.action(ActionCode.ACK, ContinueResponseTiming.ALWAYS);
        try {
            return new RequestBody().read(request);
        } catch (SocketTimeoutException _) {
            throw new ProblemException(408, "Request timeout", "The body did not arrive in time", null);
        } catch (IOException _) {
            throw new ProblemException(
                    400, "Malformed request", "The body ended early or is not framed as HTTP asks", null);
        }
    }

    private byte[] read(Request request) throws IOException {
        var body = new ByteArrayOutputStream();
        while (request.doRead(this) >= 0) {
            var bytes = new byte[part.remaining()];
            part.get(bytes);
            body.writeBytes(bytes);
            if (body.size() > MAX_BYTES) {
                throw tooLarge();
            }
        }
        return body.toByteArray();
    }

    private static ProblemException tooLarge() {
        return new ProblemException(
                413, "Content too large", "The body must be at most %d bytes".formatted(MAX_BYTES), null);
    }

    @Override
    public void setByteBuffer(ByteBuffer buffer) {
        part = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
        return part;
    }

    @Override
    public void expand(int size) {
        // A part has the size that Tomcat gives it.
    }
}
