package io.orderly.http;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.channels.SocketChannel;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.SocketWrapperBase;

/** A request that has begun to arrive and is not complete. */
final class IncompleteRequest {

    private static final Logger LOG = System.getLogger(IncompleteRequest.class.getName());

    private final SocketWrapperBase<?> connection;
    private final long deadlineNanos;
    private volatile boolean late;

    IncompleteRequest(SocketWrapperBase<?> connection, long deadlineNanos) {
        this.connection = connection;
        this.deadlineNanos = deadlineNanos;
    }

    boolean isOn(SocketWrapperBase<?> other) {
        return connection == other;
    }

    /** Whether the input was closed because the request exceeded its deadline. */
    boolean isLate() {
        return late;
    }

    /**
     * Closes the input if the deadline has passed. A blocked reader then sees the end of the stream and can still send a
     * response.
     */
    boolean closeInputIfLate(long nowNanos) {
        if (nowNanos - deadlineNanos < 0) {
            return false;
        }
        late = true;
        try {
            if (connection.getSocket() instanceof NioChannel channel
                    && channel.getIOChannel() instanceof SocketChannel socket) {
                socket.shutdownInput();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "the connection of a late request is already closed", e);
        }
        return true;
    }
}
