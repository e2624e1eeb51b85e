package io.orderly.coordinator.etcd;

import static io.orderly.coordinator.etcd.EtcdApi.assertFails;
import static io.orderly.coordinator.etcd.EtcdApi.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.orderly.coordinator.api.etcd.KVGrpc;
import io.orderly.coordinator.api.etcd.WatchCreateRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faulty clients, and their effect on other clients. */
class BadConnectionsTest {

    private final EtcdApi api = new EtcdApi();

    @AfterEach
    void close() {
        api.close();
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test
    void aConnectionWithGarbageIsClosed() throws IOException {
        byte[] garbage = new byte[4_096];
        new Random(7).nextBytes(garbage);
        try (Socket socket = connect()) {
            socket.getOutputStream().write(garbage);
            assertThat(readToEnd(socket)).isTrue();
        }
        assertThat(api.put("a", "1").getHeader().getRevision()).isEqualTo(2);
    }

    private static boolean readToEnd(Socket socket) throws IOException {
        try {
            socket.getInputStream().readAllBytes();
        } catch (SocketException _) {
            // the connection was reset
        }
        return true;
    }

    @Test
    void aMalformedMessageEndsOnlyItsOwnCall() {
        assertThat(codeOf(new byte[] {0x7f, 0x7f, 0x7f})).isIn(Code.INTERNAL, Code.UNKNOWN);
        assertThat(codeOf(new byte[] {0x0a, 0x05, 'a'})).isIn(Code.INTERNAL, Code.UNKNOWN);
        assertThat(api.put("a", "1").getHeader().getRevision()).isEqualTo(2);
    }

    @Test
    void aMethodThatDoesNotExistIsRefused() {
        assertFails(
                () -> call("etcdserverpb.KV/Nothing", new byte[0]),
                Code.UNIMPLEMENTED,
                "unknown method Nothing for service etcdserverpb.KV");
        assertFails(
                () -> call("etcdserverpb.Nothing/Put", new byte[0]),
                Code.UNIMPLEMENTED,
                "unknown service etcdserverpb.Nothing");
    }

    private Code codeOf(byte[] message) {
        try {
            call(KVGrpc.getPutMethod().getFullMethodName(), message);
            return Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private void call(String name, byte[] message) {
        var method = MethodDescriptor.<byte[], byte[]>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(name)
                .setRequestMarshaller(new Plain())
                .setResponseMarshaller(new Plain())
                .build();
        ClientCalls.blockingUnaryCall(
                api.channel, method, CallOptions.DEFAULT.withDeadlineAfter(10, TimeUnit.SECONDS), message);
    }

    private static final class Plain implements MethodDescriptor.Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Test
    void closedWatchesAreRemoved() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            List<WatchStreamClient> streams = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                var stream = new WatchStreamClient(api.channel, true, new Metadata());
                stream.create(WatchCreateRequest.newBuilder().setKey(utf8("a")));
                streams.add(stream);
            }
            if (round % 2 == 0) {
                for (WatchStreamClient stream : streams) {
                    assertThat(stream.next().getCreated()).isTrue();
                }
            }
            streams.forEach(WatchStreamClient::abort);
        }
        await().untilAsserted(() -> assertThat(api.member.watches()).isZero());
    }
}
