package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is replicated about a member of the cluster, beside its vote: how it is called, and where it is reached.
 *
 * @param name empty until the member has started for the first time
 * @param peerUrls where the other members reach it
 * @param clientUrls where clients reach it; empty until it has started for the first time
 * @param becomesVoter whether the leader promotes it as soon as it has caught up
 */
public record MemberDescription(
        NodeId id, String name, List<String> peerUrls, List<String> clientUrls, boolean becomesVoter) {

    /** The limit of all texts of one description together. */
    public static final int MAX_BYTES = 8 << 10;

    public MemberDescription {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }

    /** Of all texts together. */
    public int sizeInBytes() {
        return texts().mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    long digest() {
        Digest digest = new Digest(Digest.Kind.MEMBER)
                .with(id.value())
                .with(becomesVoter ? 1 : 0)
                .with(peerUrls.size())
                .with(clientUrls.size());
        texts().forEach(text -> digest.with(Bytes.utf8(text)));
        return digest.value();
    }

    private Stream<String> texts() {
        return Stream.of(Stream.of(name), peerUrls.stream(), clientUrls.stream())
                .flatMap(texts -> texts);
    }

    void write(Encoder to) {
        to.number(id.value()).bytes(Bytes.utf8(name)).flag(becomesVoter);
        write(peerUrls, to);
        write(clientUrls, to);
    }

    private static void write(List<String> urls, Encoder to) {
        to.number(urls.size());
        urls.forEach(url -> to.bytes(Bytes.utf8(url)));
    }

    static MemberDescription read(Decoder from) {
        NodeId id = readId(from);
        String name = readText(from);
        boolean becomesVoter = from.flag();
        return new MemberDescription(
                id, name, from.list(() -> readText(from)), from.list(() -> readText(from)), becomesVoter);
    }

    static NodeId readId(Decoder from) {
        return new NodeId(CommonCodec.readInt(from));
    }

    private static String readText(Decoder from) {
        return from.bytes().toUtf8();
    }
}
