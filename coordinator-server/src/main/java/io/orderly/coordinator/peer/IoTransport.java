package io.orderly.coordinator.peer;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** Netty's access to the network: native epoll on Linux, where it saves copies and system calls, the JDK's selector elsewhere. */
enum IoTransport {
    EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return EpollIoHandler.newFactory();
        }
    },
    NIO(NioSocketChannel.class, NioServerSocketChannel.class) {
        @Override
        IoHandlerFactory handlers() {
            return NioIoHandler.newFactory();
        }
    };

    private final Class<? extends SocketChannel> socket;
    private final Class<? extends ServerSocketChannel> serverSocket;

    IoTransport(Class<? extends SocketChannel> socket, Class<? extends ServerSocketChannel> serverSocket) {
        this.socket = socket;
        this.serverSocket = serverSocket;
    }

    abstract IoHandlerFactory handlers();

    /** The best one that is available on this machine. */
    static IoTransport best() {
        return Epoll.isAvailable() ? EPOLL : NIO;
    }

    Class<? extends SocketChannel> socket() {
        return socket;
    }

    Class<? extends ServerSocketChannel> serverSocket() {
        return serverSocket;
    }

    EventLoopGroup threads(int count, String name) {
        return new MultiThreadIoEventLoopGroup(count, new DefaultThreadFactory(name, true), handlers());
    }
}
