package io.orderly.coordinator.store;

import io.orderly.coordinator.consensus.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The replicated description of a member of the cluster: its name and its URLs.
 *
 * @param name empty until the member has started for the first time
 * @param peerUrls the URLs for the other members
 * @param clientUrls the URLs for clients; empty until it has started for the first time
 * @param becomesVoter whether the leader promotes it as soon as it has caught up
 */
public record MemberDescription(
        NodeId id, String name, List<String> peerUrls, List<String> clientUrls, boolean becomesVoter) {

    /** The limit of the total size of all texts of a description, in bytes. */
    public static final int MAX_BYTES = 8 << 10;

    public MemberDescription {
        peerUrls = List.copyOf(peerUrls);
        clientUrls = List.copyOf(clientUrls);
    }

    /** The total size of all texts, in bytes. */
    public int sizeInBytes() {
        return texts().mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /**
     * What is known of a member after it has published itself.
     *
     * @param known before
     */
    public MemberDescription publishedOver(MemberDescription known) {
        return new MemberDescription(
                id, name, known.peerUrls.isEmpty() ? peerUrls : known.peerUrls, clientUrls, known.becomesVoter);
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
