package io.orderly.coordinator.store;

/** Binary form of changes of users and roles. */
final class AuthCodec {

    private AuthCodec() {}

    static void write(AuthChange change, Encoder to) {
        switch (change) {
            case AuthChange.Enable(Secret tokenKey) -> to.octet(1).bytes(tokenKey.content());
            case AuthChange.Disable() -> to.octet(2);
            case AuthChange.AddUser(String name, Secret password) ->
                text(name, to.octet(3)).bytes(password.content());
            case AuthChange.DeleteUser(String name) -> text(name, to.octet(4));
            case AuthChange.ChangePassword(String name, Secret password) ->
                text(name, to.octet(5)).bytes(password.content());
            case AuthChange.GrantRole(String user, String role) -> text(role, text(user, to.octet(6)));
            case AuthChange.RevokeRole(String user, String role) -> text(role, text(user, to.octet(7)));
            case AuthChange.AddRole(String name) -> text(name, to.octet(8));
            case AuthChange.DeleteRole(String name) -> text(name, to.octet(9));
            case AuthChange.GrantPermission(String role, Permission permission) ->
                permission.write(text(role, to.octet(10)));
            case AuthChange.RevokePermission(String role, Bytes key, Bytes rangeEnd) ->
                text(role, to.octet(11)).bytes(key).bytes(rangeEnd);
        }
    }

    static AuthChange read(Decoder from) {
        int kind = from.octet();
        return switch (kind) {
            case 1 -> new AuthChange.Enable(new Secret(from.bytes()));
            case 2 -> new AuthChange.Disable();
            case 3 -> new AuthChange.AddUser(text(from), new Secret(from.bytes()));
            case 4 -> new AuthChange.DeleteUser(text(from));
            case 5 -> new AuthChange.ChangePassword(text(from), new Secret(from.bytes()));
            case 6 -> new AuthChange.GrantRole(text(from), text(from));
            case 7 -> new AuthChange.RevokeRole(text(from), text(from));
            case 8 -> new AuthChange.AddRole(text(from));
            case 9 -> new AuthChange.DeleteRole(text(from));
            case 10 -> new AuthChange.GrantPermission(text(from), Permission.read(from));
            case 11 -> new AuthChange.RevokePermission(text(from), from.bytes(), from.bytes());
            default -> throw new MalformedException("%d is no change of users and roles".formatted(kind));
        };
    }

    static void write(Caller caller, Encoder to) {
        text(caller.user(), to).number(caller.passwordRevision());
    }

    static Caller readCaller(Decoder from) {
        return new Caller(text(from), from.number());
    }

    private static Encoder text(String text, Encoder to) {
        return to.bytes(Bytes.utf8(text));
    }

    private static String text(Decoder from) {
        return from.bytes().toUtf8();
    }
}
