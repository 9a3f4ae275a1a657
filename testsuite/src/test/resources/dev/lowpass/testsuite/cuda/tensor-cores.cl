// What tensor cores do, by what every OpenCL device has: items of a warp show each other their words.
float4 vector_of(float x, float y, float z, float w) { return (float4)(x, y, z, w); }

uint bf16_bits(float x) {
  uint bits = as_uint(x);
  return isnan(x) ? (bits >> 16) | 64u : (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

float bf16_pair(float low, float high) { return as_float(bf16_bits(low) | bf16_bits(high) << 16); }

float bf16_of(uint word, int half_) { return as_float(half_ == 0 ? word << 16 : word & 0xffff0000u); }

// Items have four words each. Fragments as PTX ISA 9.7.14.5.8 (mma.m16n8k16) has them.
float4 mma_bf16(__local float *exchange, float4 c, float a0, float a1, float a2, float a3, float b0, float b1) {
  __local uint *words = (__local uint *)exchange;
  int item = (int)get_local_id(0);
  int lane = item % 32;
  int warp = item - lane;
  words[item * 4] = as_uint(a0);
  words[item * 4 + 1] = as_uint(a1);
  words[item * 4 + 2] = as_uint(a2);
  words[item * 4 + 3] = as_uint(a3);
  barrier(CLK_LOCAL_MEM_FENCE);
  uint a[2][8];
  for (int row = 0; row < 2; row++) {
    for (int pair = 0; pair < 8; pair++) {
      a[row][pair] = words[(warp + lane / 4 * 4 + pair % 4) * 4 + pair / 4 * 2 + row];
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  words[item * 4] = as_uint(b0);
  words[item * 4 + 1] = as_uint(b1);
  barrier(CLK_LOCAL_MEM_FENCE);
  float d[4] = {c.x, c.y, c.z, c.w};
  for (int i = 0; i < 4; i++) {
    int column = lane % 4 * 2 + i % 2;
    for (int k = 0; k < 16; k++) {
      uint b = words[(warp + column * 4 + k % 8 / 2) * 4 + k / 8];
      d[i] += bf16_of(a[i / 2][k / 2], k % 2) * bf16_of(b, k % 2);
    }
  }
  barrier(CLK_LOCAL_MEM_FENCE);
  return (float4)(d[0], d[1], d[2], d[3]);
}
