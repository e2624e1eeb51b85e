package io.orderly.coordinator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderly.coordinator.auth.Authenticator;
import io.orderly.coordinator.store.AuthChange;
import io.orderly.coordinator.store.AuthState;
import io.orderly.coordinator.store.Bytes;
import io.orderly.coordinator.store.Caller;
import io.orderly.coordinator.store.Permission;
import io.orderly.coordinator.store.StoreCommand;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Requests with and without tokens while authentication is enabled. The member is that of the other tests, so it is disabled again. */
class CallersTest extends RestServer {

    private static final String BEARER = "Bearer ";

    @Autowired
    Authenticator authenticator;

    private String ada = "";
    private Caller root = Caller.UNKNOWN;

    @BeforeEach
    void enable() throws Exception {
        change(new AuthChange.AddRole("editor"));
        change(new AuthChange.GrantPermission(
                "editor", new Permission(Permission.Access.READ_WRITE, Bytes.utf8("a/"), Bytes.utf8("a0"))));
        change(new AuthChange.AddUser("root", authenticator.hash("r").get()));
        change(new AuthChange.GrantRole("root", "root"));
        change(new AuthChange.AddUser("ada", authenticator.hash("a").get()));
        change(new AuthChange.GrantRole("ada", "editor"));
        change(new AuthChange.Enable(authenticator.tokenKey()));
        AuthState auth = member.auth();
        ada = BEARER
                + authenticator
                        .authenticate("ada", "a", auth, () -> false)
                        .get()
                        .orElseThrow();
        root = new Caller("root", auth.user("root").orElseThrow().passwordRevision());
    }

    @AfterEach
    void disable() throws Exception {
        execute(new StoreCommand.AsUser(root, new StoreCommand.ChangeAuth(new AuthChange.Disable())));
        for (AuthChange change : new AuthChange[] {
            new AuthChange.DeleteRole("editor"), new AuthChange.DeleteUser("ada"), new AuthChange.DeleteUser("root")
        }) {
            change(change);
        }
    }

    private void change(AuthChange change) throws Exception {
        execute(new StoreCommand.ChangeAuth(change));
    }

    private void execute(StoreCommand command) throws Exception {
        member.execute(command).get(10, TimeUnit.SECONDS);
    }

    private static void assertRefused(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(json(response).get("type").stringValue()).isEqualTo("/problems/" + type);
        assertThat(response.headers().firstValue("WWW-Authenticate").isPresent())
                .isEqualTo(status == 401);
    }

    @Test
    void aRequestNeedsATokenThatIsValid() throws Exception {
        for (String path : new String[] {
            "/v1/config/a%2Fk", "/v1/config?prefix=a/", "/v1/leases", "/v1/leases/1", "/v1/locks/a%2Fdoor"
        }) {
            assertRefused(get(path), 401, "not-authenticated");
            assertRefused(get(path, "Authorization", "Bearer garbage"), 401, "not-authenticated");
            assertRefused(get(path, "Authorization", ada.substring(BEARER.length())), 401, "not-authenticated");
        }
        assertRefused(post("/v1/timestamps", "{\"count\":1}"), 401, "not-authenticated");
        assertThat(get("/v1/cluster").statusCode()).as("for monitoring").isEqualTo(200);
        assertThat(get("/actuator/health/liveness").statusCode()).isNotEqualTo(401);
    }

    @Test
    void aUserMayDoWhatItsRolesPermit() throws Exception {
        assertThat(put("/v1/config/a%2Fk", "{\"value\":1}", "Authorization", ada)
                        .statusCode())
                .isEqualTo(201);
        assertThat(get("/v1/config/a%2Fk", "Authorization", ada).statusCode()).isEqualTo(200);
        assertThat(get("/v1/config?prefix=a/", "Authorization", ada).statusCode())
                .isEqualTo(200);
        assertRefused(get("/v1/config/k", "Authorization", ada), 403, "not-permitted");
        assertRefused(get("/v1/config", "Authorization", ada), 403, "not-permitted");
        assertRefused(put("/v1/config/k", "{\"value\":1}", "Authorization", ada), 403, "not-permitted");
        assertRefused(
                get("/v1/config/k/events", "Authorization", ada, "Accept", "text/event-stream"), 403, "not-permitted");
        assertRefused(delete("/v1/cluster/members/1", "Authorization", ada), 403, "not-permitted");
        assertThat(delete("/v1/config/a%2Fk", "Authorization", ada).statusCode())
                .isEqualTo(204);
    }

    @Test
    void aLockIsAcquiredWithTheTokenOfTheRequest() throws Exception {
        String lease = json(send(request("/v1/leases")
                        .header("Content-Type", "application/json")
                        .header("Authorization", ada)
                        .POST(BodyPublishers.ofString("{\"ttlSeconds\":60}"))))
                .get("lease")
                .stringValue();
        String attempt = "{\"lease\":\"%s\",\"waitSeconds\":1}".formatted(lease);
        assertThat(acquire("a%2Fdoor", attempt).statusCode()).isEqualTo(200);
        assertRefused(acquire("door", attempt), 403, "not-permitted");
        assertRefused(post("/v1/locks/a%2Fdoor/holders", attempt), 401, "not-authenticated");
    }

    private HttpResponse<String> acquire(String name, String attempt) throws Exception {
        return send(request("/v1/locks/" + name + "/holders")
                .header("Content-Type", "application/json")
                .header("Authorization", ada)
                .POST(BodyPublishers.ofString(attempt)));
    }
}
