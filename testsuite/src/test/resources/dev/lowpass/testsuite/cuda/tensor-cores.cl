// What tensor cores do, by what every OpenCL device has: items of a warp show each other their words.
float4 vector_of(float x, float y, float z, float w) { return (float4)(x, y, z, w); }

uint bf16_bits(float x) {
  uint bits = as_uint(x);
  return isnan(x) ? (bits >> 16) | 64u : (bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16;
}

// Ties to even; what is less than the least normal number is a multiple of 2^-24, and from 65520 on there is infinity.
uint fp16_bits(float x) {
  uint sign = (as_uint(x) >> 16) & 0x8000u;
  uint bits = as_uint(x) & 0x7fffffffu;
  uint normal = (bits - 0x38000000u + 0xfffu + ((bits >> 13) & 1u)) >> 13;
  uint small = (uint)rint(as_float(bits) * 0x1p24f);
  return sign | (isnan(x) ? 0x7e00u : bits >= 0x477ff000u ? 0x7c00u : bits < 0x38800000u ? small : normal);
}

float bf16_word(float low, float high) { return as_float(bf16_bits(low) | bf16_bits(high) << 16); }
float fp16_word(float low, float high) { return as_float(fp16_bits(low) | fp16_bits(high) << 16); }

// Ties away from zero.
float tf32_word(float x) { return isnan(x) || isinf(x) ? x : as_float((as_uint(x) + 0x1000u) & ~0x1fffu); }

float bf16_of(uint word, int half_) { return as_float(half_ == 0 ? word << 16 : word & 0xffff0000u); }

float fp16_of(uint word, int half_) {
  uint bits = half_ == 0 ? word & 0xffffu : word >> 16;
  uint magnitude = bits & 0x7fffu;
  float small = (float)magnitude * 0x1p-24f;
  float normal = as_float((magnitude << 13) + 0x38000000u);
  float size = magnitude >= 0x7c00u ? as_float((magnitude << 13) + 0x70000000u) : magnitude < 0x400u ? small : normal;
  return bits & 0x8000u ? -size : size;
}

ushort to_half(float x) { return (ushort)fp16_bits(x); }
ushort4 to_half4(float4 x) { return (ushort4)(to_half(x.x), to_half(x.y), to_half(x.z), to_half(x.w)); }
float of_half(ushort bits) { return fp16_of(bits, 0); }
float4 of_half4(ushort4 x) { return (float4)(of_half(x.x), of_half(x.y), of_half(x.z), of_half(x.w)); }

// Products of the numbers in two words.
float bf16_dot(uint a, uint b) { return bf16_of(a, 0) * bf16_of(b, 0) + bf16_of(a, 1) * bf16_of(b, 1); }
float fp16_dot(uint a, uint b) { return fp16_of(a, 0) * fp16_of(b, 0) + fp16_of(a, 1) * fp16_of(b, 1); }
float tf32_dot(uint a, uint b) { return as_float(a) * as_float(b); }

// Items have four words each. Fragments as PTX ISA 9.7.14.5.8 (mma.m16n8k16) has them; those of mma.m16n8k8 with TF32 lie
// in the same words.
#define MMA(name, dot) \
  float4 name(__local float *exchange, float4 c, float a0, float a1, float a2, float a3, float b0, float b1) { \
    __local uint *words = (__local uint *)exchange; \
    int item = (int)get_local_id(0); \
    int lane = item % 32; \
    int warp = item - lane; \
    words[item * 4] = as_uint(a0); \
    words[item * 4 + 1] = as_uint(a1); \
    words[item * 4 + 2] = as_uint(a2); \
    words[item * 4 + 3] = as_uint(a3); \
    barrier(CLK_LOCAL_MEM_FENCE); \
    uint a[2][8]; \
    for (int row = 0; row < 2; row++) { \
      for (int k = 0; k < 8; k++) { \
        a[row][k] = words[(warp + lane / 4 * 4 + k % 4) * 4 + k / 4 * 2 + row]; \
      } \
    } \
    barrier(CLK_LOCAL_MEM_FENCE); \
    words[item * 4] = as_uint(b0); \
    words[item * 4 + 1] = as_uint(b1); \
    barrier(CLK_LOCAL_MEM_FENCE); \
    float d[4] = {c.x, c.y, c.z, c.w}; \
    for (int i = 0; i < 4; i++) { \
      int column = lane % 4 * 2 + i % 2; \
      for (int k = 0; k < 8; k++) { \
        d[i] += dot(a[i / 2][k], words[(warp + column * 4 + k % 4) * 4 + k / 4]); \
      } \
    } \
    barrier(CLK_LOCAL_MEM_FENCE); \
    return (float4)(d[0], d[1], d[2], d[3]); \
  }
MMA(mma_bf16, bf16_dot) MMA(mma_fp16, fp16_dot) MMA(mma_tf32, tf32_dot)
