package io.orderly.kit.settings;

import static io.orderly.kit.settings.SettingDeclarationTest.DEADLINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderly.kit.settings.SettingView.Source;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SettingsAutoConfigurationTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(SettingsAutoConfiguration.class));

    @Test
    void appliesConfiguredValuesWithoutAStore() {
        runner.run(context -> {
            LiveSettings settings = context.getBean(LiveSettings.class);
            assertThat(settings.declare(DEADLINE).get()).isEqualTo(Duration.ofSeconds(60));
            assertThatIllegalArgumentException().isThrownBy(() -> settings.declare(DEADLINE));
            SettingsEndpoint endpoint = context.getBean(SettingsEndpoint.class);
            SettingView view = new SettingView(
                    "deadline.charge", "1m", Source.CONFIGURED, 0, "1m", "1s to 1h", "of the saga", null);
            assertThat(endpoint.all()).isEqualTo(Map.of("settings", List.of(view)));
            assertThat(endpoint.change("deadline.charge", "30s", "ada", null).getStatus())
                    .isEqualTo(503);
            assertThat(endpoint.change("unknown", "30s", "ada", null).getStatus())
                    .isEqualTo(404);
            assertThat(settings.invalid()).isZero();
        });
    }

    @Test
    void showsAnInvalidTextUntilAValidOneIsStored() {
        var store = new ScriptedStore();
        runner.withBean(SettingStore.class, () -> store).run(context -> {
            LiveSettings settings = context.getBean(LiveSettings.class);
            settings.declare(DEADLINE);
            store.listener.refused(5, "'soon' is not valid");
            assertThat(settings.invalid()).isEqualTo(1);
            assertThat(settings.all().iterator().next().view().invalid())
                    .isEqualTo(new InvalidValue(5, "'soon' is not valid"));
            store.listener.accepted();
            assertThat(settings.invalid()).isZero();
        });
    }

    @ParameterizedTest
    @MethodSource
    void answersWithTheStatusOfTheResult(SettingStore.Result result, int status) {
        var store = new ScriptedStore();
        store.result = result;
        runner.withBean(SettingStore.class, () -> store).run(context -> {
            context.getBean(LiveSettings.class).declare(DEADLINE);
            assertThat(context.getBean(SettingsEndpoint.class)
                            .change("deadline.charge", "30s", "ada", null)
                            .getStatus())
                    .isEqualTo(status);
        });
    }

    static Stream<Arguments> answersWithTheStatusOfTheResult() {
        return Stream.of(
                Arguments.of(new SettingStore.Result.Changed(7), 200),
                Arguments.of(new SettingStore.Result.Invalid("by is blank"), 422),
                Arguments.of(new SettingStore.Result.Conflict(), 409),
                Arguments.of(new SettingStore.Result.Failed("no response"), 503));
    }

    @Test
    void answersThatTheHistoryIsNotAvailableWhileTheStoreIsAway() {
        runner.withBean(SettingStore.class, ScriptedStore::new).run(context -> {
            context.getBean(LiveSettings.class).declare(DEADLINE);
            SettingsEndpoint endpoint = context.getBean(SettingsEndpoint.class);
            assertThat(endpoint.history("deadline.charge").getStatus()).isEqualTo(503);
            assertThat(endpoint.history("unknown").getStatus()).isEqualTo(404);
        });
    }

    /** Keeps the listener, gives the scripted result of a change, and has no history. */
    private static final class ScriptedStore implements SettingStore {

        private Listener listener = new Listener() {
            @Override
            public void accepted() {}

            @Override
            public void refused(long revision, String reason) {}
        };
        private Result result = new Result.Changed(1);

        @Override
        public <T> Watched<T> watch(SettingDeclaration<T> declaration, Listener observer) {
            listener = observer;
            return new Watched<>() {
                @Override
                public T value() {
                    return declaration.configured();
                }

                @Override
                public long revision() {
                    return 0;
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public Result change(
                SettingDeclaration<?> declaration, @Nullable String text, String by, @Nullable Long expected) {
            return result;
        }

        @Override
        public List<SettingChange> history(String name) {
            throw new SettingStoreException("no response", new IllegalStateException());
        }
    }
}
