package io.orderly.coordinator.compatibility;

import static io.orderly.coordinator.compatibility.EtcdctlScenarios.run;
import static io.orderly.coordinator.compatibility.Scenario.brief;

import java.util.List;

/** What an administrator types to enable authentication, and what users see then. */
final class EtcdctlAuthScenarios {

    private EtcdctlAuthScenarios() {}

    static List<Scenario> all() {
        return List.of(brief("etcdctl/auth", EtcdctlAuthScenarios::auth));
    }

    private static void auth(Run run) throws Exception {
        try (Users _ = new Users(run)) {
            administer(run);
            use(run);
            run(run, "disabled", "auth", "disable", "--user=root:root");
            run(run, "put without a user", "put", run.name("x"), "1");
            run(run, "user that is not needed", "get", run.name("x"), "--user=ada:ada");
        }
    }

    private static void administer(Run run) throws Exception {
        run(run, "root added", "user", "add", "root:root");
        run(run, "user added", "user", "add", "ada", "--new-user-password=ada");
        run(run, "user added again", "user", "add", "ada:ada");
        run(run, "user without a password", "user", "add", "cert", "--no-password");
        run(run, "role added", "role", "add", "editor");
        run(run, "prefix granted", "role", "grant-permission", "editor", "readwrite", run.name("a/"), "--prefix");
        run(run, "key granted", "role", "grant-permission", "editor", "read", run.name("k"));
        run(run, "from key granted", "role", "grant-permission", "editor", "read", "zz", "--from-key");
        run(run, "role", "role", "get", "editor");
        run(run, "role granted", "user", "grant-role", "ada", "editor");
        run(run, "unknown role granted", "user", "grant-role", "ada", "nothing");
        run(run, "user", "user", "get", "ada");
        run(run, "enabled", "auth", "enable");
    }

    private static void use(Run run) throws Exception {
        run(run, "no user", "put", run.name("a/k"), "1");
        run(run, "wrong password", "put", run.name("a/k"), "1", "--user=ada:wrong");
        run(run, "unknown user", "put", run.name("a/k"), "1", "--user=bob:bob");
        run(run, "no password", "put", run.name("a/k"), "1", "--user=cert:");
        run(run, "put", "put", run.name("a/k"), "1", "--user=ada:ada");
        run(run, "get prefix", "get", run.name("a/"), "--prefix", "--user=ada:ada");
        run(run, "put where it may read", "put", run.name("k"), "1", "--user=ada:ada");
        run(run, "get elsewhere", "get", run.name("x"), "--user=ada:ada");
        run(run, "put by root", "put", run.name("x"), "1", "--user=root:root");
        run(run, "user adds a user", "user", "add", "eve:eve", "--user=ada:ada");
        run(run, "users", "user", "list", "--user=root:root");
        run(run, "roles", "role", "list", "--user=root:root");
        run(run, "user with its roles", "user", "get", "ada", "--detail", "--user=ada:ada");
        run(run, "lock", "lock", run.name("a/lock"), "--user=ada:ada", "echo", "held");
        run(run, "lock elsewhere", "lock", run.name("lock"), "--user=ada:ada", "echo", "held");
        run(run, "watch elsewhere", "watch", run.name("x"), "--user=ada:ada");
        run(
                run,
                "prefix revoked",
                "role",
                "revoke-permission",
                "editor",
                run.name("a/"),
                "--prefix",
                "--user=root:root");
        run(run, "put after that", "put", run.name("a/k"), "2", "--user=ada:ada");
        run(run, "user deleted", "user", "delete", "ada", "--user=root:root");
        run(run, "put by the deleted user", "put", run.name("a/k"), "2", "--user=ada:ada");
    }
}
