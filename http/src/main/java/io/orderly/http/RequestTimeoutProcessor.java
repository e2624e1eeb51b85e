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

/** Follows the requests of one connection from their first byte to their last. */
final class RequestTimeoutProcessor extends Http11Processor {

    private static final long NOT_BEGUN = -1;

    private final IncompleteRequests arrivals;
    private @Nullable SocketWrapperBase<?> connection;
    private @Nullable IncompleteRequest arriving;

    RequestTimeoutProcessor(RequestTimeoutProtocol protocol, Adapter adapter, IncompleteRequests arrivals) {
        super(protocol, adapter);
        this.arrivals = arrivals;
        request.setInputBuffer(new TimedBody(request.getInputBuffer()));
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        connection = socket;
        arrivalOn(socket);
        SocketState state = SocketState.CLOSED;
        try {
            state = super.service(socket);
        } finally {
            if (headIsIncomplete(state)) {
                arrivalOn(socket);
            } else {
                endArrival();
            }
        }
        // Blank lines before a request are allowed, and could go on without end.
        return state == SocketState.OPEN && request.getStartTimeNanos() != NOT_BEGUN ? SocketState.CLOSED : state;
    }

    private boolean headIsIncomplete(SocketState state) {
        return state == SocketState.LONG && !isAsync();
    }

    /** The one under way, or a new one. One of another connection was left by a request that never became complete. */
    private IncompleteRequest arrivalOn(SocketWrapperBase<?> socket) {
        IncompleteRequest current = arriving;
        if (current == null || !current.isOn(socket)) {
            endArrival();
            current = arrivals.begin(socket);
            arriving = current;
        }
        return current;
    }

    private void endArrival() {
        if (arriving != null) {
            arrivals.end(arriving);
            arriving = null;
        }
    }

    /** The body, whose end is that of the request. */
    private final class TimedBody implements InputBuffer {

        private final InputBuffer body;

        TimedBody(InputBuffer body) {
            this.body = body;
        }

        @Override
        public int doRead(ApplicationBufferHandler handler) throws IOException {
            SocketWrapperBase<?> socket = connection;
            if (socket == null) {
                throw new IllegalStateException("the body of a request that is over");
            }
            IncompleteRequest arrival = arrivalOn(socket);
            int read;
            try {
                read = body.doRead(handler);
            } catch (IOException e) {
                if (arrival.isLate()) {
                    throw new SocketTimeoutException("the request took too long to arrive");
                }
                throw e;
            }
            if (read < 0) {
                endArrival();
            }
            return read;
        }

        @Override
        public int available() {
            return body.available();
        }
    }
}
