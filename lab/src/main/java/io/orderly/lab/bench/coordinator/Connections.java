package io.orderly.lab.bench.coordinator;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * Connections to the members of a cluster that one thread serves, so that the generator takes little of the processors and needs no
 * locks. All callbacks run on that thread.
 */
final class Connections implements AutoCloseable {

    private static final int MOST_PER_MEMBER = 10;

    private final EventLoopGroup group;
    private final List<ManagedChannel> channels = new ArrayList<>();

    /**
     * @param ports of the members
     * @param clients are spread over all members, at most ten connections each
     */
    Connections(List<Integer> ports, int clients) {
        boolean isEpoll = Epoll.isAvailable();
        group = new MultiThreadIoEventLoopGroup(1, isEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
        int connections = Math.min(clients, MOST_PER_MEMBER * ports.size());
        for (int i = 0; i < connections; i++) {
            channels.add(NettyChannelBuilder.forAddress("127.0.0.1", ports.get(i % ports.size()))
                    .usePlaintext()
                    .directExecutor()
                    .eventLoopGroup(group)
                    .channelType(isEpoll ? EpollSocketChannel.class : NioSocketChannel.class)
                    .build());
        }
    }

    /** The connection of a client. */
    ManagedChannel of(int client) {
        return channels.get(client % channels.size());
    }

    EventLoop eventLoop() {
        return group.next();
    }

    /** Sends a request whose answer's content does not matter. */
    <Q, R> void send(int client, MethodDescriptor<Q, R> method, Q request, Load.Outcome outcome) {
        ClientCall<Q, R> call = of(client).newCall(method, CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        if (status.isOk()) {
                            outcome.answered();
                        } else {
                            outcome.failed(status.asException());
                        }
                    }
                },
                new Metadata());
        call.request(2);
        call.sendMessage(request);
        call.halfClose();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        group.shutdownGracefully();
    }
}
