package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.consensus.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A state becomes the beginning of another cluster. */
class RestoredStateTest {

    private static final Secret SECRET = new Secret(Bytes.utf8("secret"));

    private final Store store = new Store(new StoreListener() {});

    @Test
    void theLimitIsThatOfTheNewClusterAndItsMembersAreForgottenAlsoWithAuthentication() throws IOException {
        accepted(new StoreCommand.DescribeMember(
                new MemberDescription(new NodeId(1), "one", List.of("http://one:1"), List.of(), false)));
        for (AuthChange change : List.of(
                new AuthChange.AddUser("root", SECRET),
                new AuthChange.GrantRole("root", "root"),
                new AuthChange.Enable(SECRET))) {
            accepted(new StoreCommand.ChangeAuth(change));
        }
        StoreView restored =
                RestoredState.read(new ByteArrayInputStream(snapshot()), 4_711).view();
        assertThat(restored.auth().isEnabled()).isTrue();
        assertThat(restored.limits()).isEqualTo(StoreLimits.DEFAULTS.withMaxBytes(4_711));
        assertThat(restored.members()).isEmpty();
    }

    private void accepted(StoreCommand command) {
        Caller root = store.now()
                .auth()
                .user("root")
                .map(user -> new Caller("root", user.passwordRevision()))
                .orElse(null);
        assertThat(store.apply(root == null ? command : new StoreCommand.AsUser(root, command)))
                .isNotInstanceOf(StoreResponse.Refused.class);
    }

    private byte[] snapshot() {
        var bytes = new ByteArrayOutputStream();
        store.snapshot().snapshot().forEachRemaining(bytes::writeBytes);
        return bytes.toByteArray();
    }
}
