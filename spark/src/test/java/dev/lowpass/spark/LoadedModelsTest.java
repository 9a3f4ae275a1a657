package dev.lowpass.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lowpass.runtime.LowpassRuntimeException;
import dev.lowpass.runtime.Model;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final AtomicInteger loads = new AtomicInteger();
  private final LoadedModels models = new LoadedModels(now::get);

  private LoadedModels.Lease lease(ToyArtifact artifact) {
    return models.lease(
        artifact.name(),
        () -> {
          loads.incrementAndGet();
          return Model.load(artifact.file());
        });
  }

  private void wait(Duration time) {
    now.set(now.get().plus(time));
  }

  @Test
  void aModelIsLoadedOnceForAllWhoLeaseIt() {
    try (LoadedModels.Lease first = lease(ToyArtifact.QUAD);
        LoadedModels.Lease second = lease(ToyArtifact.QUAD);
        LoadedModels.Lease other = lease(ToyArtifact.SINGLE)) {
      assertThat(first.model()).isSameAs(second.model()).isNotSameAs(other.model());
    }
    assertThat(loads).hasValue(2);
    assertThat(models.leases()).isZero();
  }

  @Test
  void itStaysForTheNextStage() {
    lease(ToyArtifact.QUAD).close();
    wait(LoadedModels.KEPT.minusSeconds(1));
    lease(ToyArtifact.QUAD).close();
    assertThat(loads).hasValue(1);
  }

  @Test
  void whatNobodyLeasedForAWhileIsClosed() {
    LoadedModels.Lease forgotten = lease(ToyArtifact.QUAD);
    LoadedModels.Lease held = lease(ToyArtifact.SINGLE);
    Model model = forgotten.model();
    forgotten.close();
    forgotten.close();
    wait(LoadedModels.KEPT);
    held.close();
    assertThatThrownBy(model::newSession).isInstanceOf(LowpassRuntimeException.class).hasMessageStartingWith("LP5021");
    held.model().newSession().close();
    lease(ToyArtifact.QUAD).close();
    assertThat(loads).hasValue(3);
  }
}
