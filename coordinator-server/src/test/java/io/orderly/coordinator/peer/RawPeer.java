package io.orderly.coordinator.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.orderly.coordinator.consensus.NodeId;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.function.Consumer;

/** A connection of a peer whose bytes the test controls. */
final class RawPeer implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    final Socket socket;
    private final DataInputStream input;

    RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(Math.toIntExact(TIMEOUT.toMillis()));
        input = new DataInputStream(socket.getInputStream());
    }

    static RawPeer dial(InetSocketAddress address) throws IOException {
        return new RawPeer(new Socket(address.getAddress(), address.getPort()));
    }

    /** Dials as a member, and completes the handshake. */
    static RawPeer member(InetSocketAddress address, int from, int to, Lane lane) throws Exception {
        RawPeer peer = dial(address);
        peer.send(hello(from, to, lane));
        Handshake.Answer answer = Handshake.Answer.read(peer.receive());
        peer.send(new Handshake.Confirmation(answer.challenge())::write);
        return peer;
    }

    static Consumer<ByteBuf> hello(int from, int to, Lane lane) {
        return new Handshake.Hello(
                PeerFixture.CLUSTER,
                new NodeId(from),
                new NodeId(to),
                from,
                lane,
                InetSocketAddress.createUnresolved("localhost", 1),
                from)::write;
    }

    static byte[] frame(Consumer<ByteBuf> content) {
        ByteBuf frame = Frame.of(ByteBufAllocator.DEFAULT, 64, content);
        try {
            return ByteBufUtil.getBytes(frame);
        } finally {
            frame.release();
        }
    }

    void send(Consumer<ByteBuf> content) throws IOException {
        write(frame(content));
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** The content of the next frame. */
    ByteBuf receive() throws IOException {
        int length = input.readInt();
        input.readInt();
        byte[] content = new byte[length];
        input.readFully(content);
        return Unpooled.wrappedBuffer(content);
    }

    /**
     * Waits until the other side has closed the connection, at most ten seconds.
     *
     * @return the number of frames before that
     */
    int awaitClosed() throws IOException {
        int frames = 0;
        try {
            while (true) {
                receive();
                frames++;
            }
        } catch (EOFException | SocketException e) {
            // closed, possibly with unread bytes
            return frames;
        }
    }

    /** Whether the other side has not closed the connection, nor sent anything. */
    boolean isOpenAndSilent() throws IOException {
        socket.setSoTimeout(1);
        try {
            return input.read() != -1;
        } catch (SocketTimeoutException e) {
            return true;
        } catch (SocketException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
