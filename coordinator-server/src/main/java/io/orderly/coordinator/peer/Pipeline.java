package io.orderly.coordinator.peer;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A connection as frames, which TLS encrypts if there is TLS. */
final class Pipeline extends ChannelInitializer<Channel> {

    private final Function<ByteBufAllocator, Optional<SslHandler>> tls;
    private final int maxFrameBytes;
    private final Supplier<? extends ChannelHandler> connection;

    Pipeline(
            Function<ByteBufAllocator, Optional<SslHandler>> tls,
            int maxFrameBytes,
            Supplier<? extends ChannelHandler> connection) {
        this.tls = tls;
        this.maxFrameBytes = maxFrameBytes;
        this.connection = connection;
    }

    @Override
    protected void initChannel(Channel channel) {
        tls.apply(channel.alloc()).ifPresent(handler -> channel.pipeline().addLast(handler));
        channel.pipeline().addLast(new Frame.Decoder(maxFrameBytes), connection.get());
    }
}
