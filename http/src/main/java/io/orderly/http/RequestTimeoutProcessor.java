package io.orderly.http;

import java.io.IOException;
import java.net.SocketTimeoutException;
import org.apache.coyote.Adapter;
import org.apache.coyote.InputBuffer;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.ApplicationBufferHandler;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/** Tracks the requests of one connection from their first byte to their last. */
final class RequestTimeoutProcessor extends Http11Processor {

    private static final long NOT_STARTED = -1;

    private final IncompleteRequests incompleteRequests;
    private @Nullable SocketWrapperBase<?> connection;
    private @Nullable IncompleteRequest incomplete;

    RequestTimeoutProcessor(RequestTimeoutProtocol protocol, Adapter adapter, IncompleteRequests incompleteRequests) {
        super(protocol, adapter);
        this.incompleteRequests = incompleteRequests;
        request.setInputBuffer(new TimedBody(request.getInputBuffer()));
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        connection = socket;
        requestOn(socket);
        SocketState state = SocketState.CLOSED;
        try {
            state = super.service(socket);
        } finally {
            if (headIsIncomplete(state)) {
                requestOn(socket);
            } else {
                endRequest();
            }
        }
        // HTTP allows blank lines before a request; without this check a client could send them without end.
        return state == SocketState.OPEN && request.getStartTimeNanos() != NOT_STARTED ? SocketState.CLOSED : state;
    }

    private boolean headIsIncomplete(SocketState state) {
        return state == SocketState.LONG && !isAsync();
    }

    /** The current request, or a new one. A request of another connection was abandoned before it was complete. */
    private IncompleteRequest requestOn(SocketWrapperBase<?> socket) {
        IncompleteRequest current = incomplete;
        if (current == null || !current.isOn(socket)) {
            endRequest();
            current = incompleteRequests.begin(socket);
            incomplete = current;
        }
        return current;
    }

    private void endRequest() {
        if (incomplete != null) {
            incompleteRequests.remove(incomplete);
            incomplete = null;
        }
    }

    /** The body; the request is complete when the body ends. */
    private final class TimedBody implements InputBuffer {

        private final InputBuffer body;

        TimedBody(InputBuffer body) {
            this.body = body;
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            SocketWrapperBase<?> socket = connection;
            if (socket == null) {
                throw new IllegalStateException("the body was read after the request had ended");
            }
            IncompleteRequest current = requestOn(socket);
            int read;
            try {
                read = body.doRead(handler);
            } catch (IOException e) {
                if (current.isLate()) {
                    throw new SocketTimeoutException("the request did not arrive in time");
                }
                throw e;
            }
            if (read < 0) {
                endRequest();
            }
            return read;
        }

        @Override
        public int available() {
            return body.available();
        }
    }
}
