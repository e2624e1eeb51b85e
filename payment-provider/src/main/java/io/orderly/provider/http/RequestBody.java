package io.orderly.provider.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import org.apache.coyote.ActionCode;
import org.apache.coyote.ContinueResponseTiming;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/** Reads the body of a request in the chunks that Tomcat provides. */
final class RequestBody implements ApplicationBufferHandler {

    /** Larger bodies are refused; the largest valid body has a tenth of this size. */
    private static final int MAX_BYTES = 64 * 1024;

    private ByteBuffer chunk = ApplicationBufferHandler.EMPTY_BUFFER;

    private RequestBody() {}

    /** @throws ProblemException 4xx if the body is too large, is not framed correctly, or does not arrive in time */
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
            throw new ProblemException(400, "Malformed request", "The body ended early or violates HTTP framing", null);
        }
    }

    private byte[] read(Request request) throws IOException {
        var body = new ByteArrayOutputStream();
        while (request.doRead(this) >= 0) {
            var bytes = new byte[chunk.remaining()];
            chunk.get(bytes);
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
        chunk = buffer;
    }

    @Override
    public ByteBuffer getByteBuffer() {
        return chunk;
    }

    @Override
    public void expand(int size) {
        // The size of a chunk is determined by Tomcat.
    }
}
