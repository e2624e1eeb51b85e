package io.orderly.coordinator.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import java.util.function.Supplier;

/** A connection as frames. */
final class Pipeline extends ChannelInitializer<Channel> {

    private final int maxFrameBytes;
    private final Supplier<? extends ChannelHandler> connection;

    Pipeline(int maxFrameBytes, Supplier<? extends ChannelHandler> connection) {
        this.maxFrameBytes = maxFrameBytes;
        this.connection = connection;
    }

    @Override
    protected void initChannel(Channel channel) {
        channel.pipeline().addLast(new Frame.Decoder(maxFrameBytes), connection.get());
    }
}
