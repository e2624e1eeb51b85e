/**
 * Settings that change while a service runs. A service {@linkplain io.orderly.kit.settings.LiveSettings declares} each with its type, its
 * range and the configured value; a value in the {@linkplain io.orderly.kit.settings.SettingStore store} takes precedence, and is applied
 * without a restart.
 */
@NullMarked
package io.orderly.kit.settings;

import org.jspecify.annotations.NullMarked;
