package io.orderly.coordinator.peer;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.SslHandler;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A frame: the length of its content and the CRC32C of it, four bytes each, and the content. The checksum of TCP has 16 bits, too few for
 * data that becomes durable. A frame without content is a ping, or the answer to one.
 */
final class Frame {

    static final int HEAD_BYTES = 2 * Integer.BYTES;

    private Frame() {}

    /**
     * Creates a frame.
     *
     * @param sizeInBytes the approximate size of the content
     */
    static ByteBuf of(ByteBufAllocator allocator, int sizeInBytes, Consumer<ByteBuf> content) {
        ByteBuf frame = allocator.directBuffer(HEAD_BYTES + sizeInBytes);
        try {
            frame.writeZero(HEAD_BYTES);
            content.accept(frame);
            int length = frame.readableBytes() - HEAD_BYTES;
            frame.setInt(0, length).setInt(Integer.BYTES, checksum(frame, HEAD_BYTES, length));
            return frame;
        } catch (RuntimeException e) {
            frame.release();
            throw e;
        }
    }

    private static int checksum(ByteBuf bytes, int from, int length) {
        var crc = new CRC32C();
        if (length > 0) {
            crc.update(bytes.nioBuffer(from, length));
        }
        return (int) crc.getValue();
    }

    /** Splits the received bytes into the contents of frames. No memory is allocated for a frame before its bytes have arrived. */
    static final class Decoder extends ByteToMessageDecoder {

        private int maxBytes;

        Decoder(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        /** Changes the limit, from the next frame on. */
        void limit(int maxBytes) {
            this.maxBytes = maxBytes;
        }

        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf source, List<Object> frames)
                throws MalformedMessageException {
            if (source.readableBytes() < HEAD_BYTES) {
                return;
            }
            int length = source.getInt(source.readerIndex());
            if (length < 0 || length > maxBytes) {
                if (SslHandler.isEncrypted(source, false)) {
                    throw new MalformedMessageException("it uses TLS, but this member does not");
                }
                throw new MalformedMessageException(
                        "a frame of %d bytes, but %d are allowed".formatted(Integer.toUnsignedLong(length), maxBytes));
            }
            if (source.readableBytes() < HEAD_BYTES + length) {
                return;
            }
            int checksum = source.getInt(source.readerIndex() + Integer.BYTES);
            source.skipBytes(HEAD_BYTES);
            if (checksum != checksum(source, source.readerIndex(), length)) {
                throw new MalformedMessageException("the checksum of a frame is wrong");
            }
            frames.add(source.readRetainedSlice(length));
        }
    }
}
