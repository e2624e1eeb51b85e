package io.orderly.coordinator.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;

/** Random changes of users and roles, and commands of users: codec, snapshots, and the same answers after a restore. */
class AuthPropertyTest {

    /** Of the current try. */
    private Store store = new Store(new StoreListener() {});

    @Property(tries = 300, shrinking = ShrinkingMode.BOUNDED)
    void aRestoredStorePermitsWhatTheOriginalPermits(@ForAll long seed) throws IOException {
        store = new Store(new StoreListener() {});
        var random = new SplittableRandom(seed);
        for (int i = random.nextInt(60); i > 0; i--) {
            apply(command(random));
        }
        byte[] snapshot = join(new StoreMachine(store).snapshot());
        var other = new Store(new StoreListener() {});
        new StoreMachine(other).restore(new ByteArrayInputStream(snapshot));
        assertThat(other.now().hash()).isEqualTo(store.now().hash());
        assertThat(RecomputedTotals.hash(other.snapshot()))
                .isEqualTo(store.now().hash());
        assertThat(join(new StoreMachine(other).snapshot())).isEqualTo(snapshot);
        for (int i = 0; i < 40; i++) {
            StoreCommand command = command(random);
            assertThat(other.apply(command)).as("%s", command).isEqualTo(apply(command));
        }
        assertThat(other.now().hash()).isEqualTo(store.now().hash());
    }

    @Property(tries = 300)
    void aCorruptSnapshotIsRejected(@ForAll long seed) throws IOException {
        store = new Store(new StoreListener() {});
        var random = new SplittableRandom(seed);
        for (int i = 0; i < 40; i++) {
            apply(command(random));
        }
        byte[] snapshot = join(new StoreMachine(store).snapshot());
        snapshot[random.nextInt(snapshot.length)] ^= (byte) (1 << random.nextInt(8));
        var other = new Store(new StoreListener() {});
        assertThatThrownBy(() -> new StoreMachine(other).restore(new ByteArrayInputStream(snapshot)))
                .isInstanceOfAny(IOException.class, NewerFormatException.class);
    }

    /** As a member would: encoded, and decoded. */
    private StoreResponse apply(StoreCommand command) {
        StoreCommand decoded = CommandCodec.decode(CommandCodec.encode(command));
        assertThat(decoded).isEqualTo(command);
        boolean isPermitted = isPermitted(command);
        StoreResponse response = store.apply(decoded);
        assertThat(isRefusedBecauseOfRights(response)).as("%s", command).isNotEqualTo(isPermitted);
        assertThat(ResponseCodec.decode(ResponseCodec.encode(response))).isEqualTo(response);
        return response;
    }

    /** By each permission of each role, and key by key. */
    private boolean isPermitted(StoreCommand command) {
        AuthState auth = store.now().auth();
        if (!auth.isEnabled()) {
            return true;
        }
        User user = command instanceof StoreCommand.AsUser request ? auth.userOf(request.caller()) : null;
        if (user == null || user.hasRole("root")) {
            return user != null;
        }
        StoreCommand plain = ((StoreCommand.AsUser) command).command();
        return plain instanceof StoreCommand.LeaseGrant
                || plain instanceof StoreCommand.Put put
                        && writes(user, put.key())
                        && store.keysOf(put.lease()).stream().allMatch(key -> writes(user, key));
    }

    private boolean writes(User user, Bytes key) {
        AuthState auth = store.now().auth();
        return user.roles().stream()
                .flatMap(name -> auth.role(name).stream())
                .flatMap(role -> role.permissions().stream())
                .anyMatch(permission -> permission.access() != Permission.Access.READ
                        && permission.keys().contains(key));
    }

    private static boolean isRefusedBecauseOfRights(StoreResponse response) {
        return response instanceof StoreResponse.Refused(long _, StoreRefusal refusal)
                && refusal instanceof StoreRefusal.Auth(AuthRefusal auth)
                && (auth == AuthRefusal.USER_EMPTY
                        || auth == AuthRefusal.INVALID_TOKEN
                        || auth == AuthRefusal.PERMISSION_DENIED);
    }

    private StoreCommand command(SplittableRandom random) {
        StoreCommand command = random.nextInt(3) == 0
                ? StoreCommand.Put.of(key(random), Bytes.EMPTY, random.nextInt(2))
                : new StoreCommand.ChangeAuth(change(random));
        return switch (random.nextInt(8)) {
            case 0 -> command;
            case 1, 2 -> new StoreCommand.AsUser(caller(name(random)), command);
            case 3 -> new StoreCommand.AsUser(caller("root"), new StoreCommand.LeaseGrant(1, 60_000));
            default -> new StoreCommand.AsUser(caller("root"), command);
        };
    }

    private Caller caller(String name) {
        return store.now()
                .auth()
                .user(name)
                .map(user -> new Caller(name, user.passwordRevision()))
                .orElse(Caller.UNKNOWN);
    }

    private static AuthChange change(SplittableRandom random) {
        return switch (random.nextInt(13)) {
            case 0 -> new AuthChange.Enable(secret(random));
            case 1 -> random.nextInt(4) == 0 ? new AuthChange.Disable() : new AuthChange.AddUser("root", Secret.NONE);
            case 2, 3 -> new AuthChange.AddUser(name(random), secret(random));
            case 4 -> new AuthChange.DeleteUser(name(random));
            case 5 -> new AuthChange.ChangePassword(name(random), secret(random));
            case 6 -> new AuthChange.GrantRole("root", "root");
            case 7 -> new AuthChange.GrantRole(name(random), name(random));
            case 8 -> new AuthChange.RevokeRole(name(random), name(random));
            case 9 -> new AuthChange.AddRole(name(random));
            case 10 -> new AuthChange.DeleteRole(name(random));
            case 11 ->
                new AuthChange.GrantPermission(
                        name(random),
                        new Permission(
                                Permission.Access.values()[random.nextInt(3)],
                                key(random),
                                random.nextBoolean() ? Bytes.EMPTY : key(random)));
            default -> new AuthChange.RevokePermission(name(random), key(random), Bytes.EMPTY);
        };
    }

    private static Secret secret(SplittableRandom random) {
        return new Secret(Bytes.utf8("secret " + random.nextInt(100)));
    }

    private static String name(SplittableRandom random) {
        return random.nextInt(8) == 0 ? "root" : "\u00e4" + random.nextInt(3);
    }

    private static Bytes key(SplittableRandom random) {
        return random.nextInt(6) == 0 ? Bytes.of((byte) 0) : Bytes.utf8("k" + random.nextInt(4));
    }

    private static byte[] join(Iterator<byte[]> parts) throws IOException {
        var whole = new ByteArrayOutputStream();
        while (parts.hasNext()) {
            whole.write(parts.next());
        }
        return whole.toByteArray();
    }
}
